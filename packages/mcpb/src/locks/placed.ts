import type {Edge, LockGraph} from './graph'

// Only a circle of four or more versions gets so deep.
const deepest = 40

/**
 * Where packages lie in `node_modules`, so that each finds the very ones that the lock file gives it: at the top, or, where
 * another version lies there, in the folder of whoever needs them. Level by level, so that nothing that comes later hides
 * what was found before.
 */
export function placed(graph: Pick<LockGraph, 'find'>, roots: readonly Edge[]): ReadonlyMap<string, Edge> {
  const places = new Map<string, Edge>()
  const queue: {readonly path: string; readonly edges: readonly Edge[]}[] = [{path: '', edges: roots}]
  for (const {path, edges} of queue) {
    for (const edge of edges) {
      const near = nearest(places, path, edge.name)
      if (near?.key === edge.key) continue
      const place = near === undefined || path === '' ? top(edge.name) : `${path}/${top(edge.name)}`
      const each = graph.find(edge.key)
      // A name that is both a dependency and an optional one.
      if (each === undefined || places.has(place)) continue
      if (place.split('node_modules/').length > deepest)
        throw new Error(`${edge.name} needs another version of itself without end`)
      places.set(place, edge)
      queue.push({path: place, edges: [...each.required, ...each.optional]})
    }
  }
  return places
}

function top(name: string): string {
  return `node_modules/${name}`
}

/** What Node finds under a name from a folder. */
function nearest(places: ReadonlyMap<string, Edge>, from: string, name: string): Edge | undefined {
  for (let path = from; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')))) {
    const found = places.get(`${path}/${top(name)}`)
    if (found !== undefined) return found
  }
  return places.get(top(name))
}
