import {constants, open} from 'node:fs/promises'

/**
 * Holds the writing end of a named pipe until the returned function is called, or this process ends, however that comes
 * about: then who reads it is told so by the kernel.
 */
export async function holdOpen(pipe: string): Promise<() => Promise<void>> {
  const file = await open(pipe, constants.O_RDWR | constants.O_NONBLOCK)
  return () => file.close()
}
