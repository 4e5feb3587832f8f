import type {Hold} from './plan'

/** How the matrix takes part in the installation of one combination. */
export interface Trial {
  /** A dependency whose version is not left to the installer. */
  readonly hold?: Hold
  /** Called after the installation, with the folder of the programs (Python) or of the package (npm). */
  installed(folder: string): Promise<void>
}
