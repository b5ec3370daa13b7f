// A code to be scanned (a gate pass, a second factor) comes as a drawing. Only shapes of a drawing are taken over, with their
// sizes and colours; whatever else stood in it would act in the session of whoever looks at it.
const NAMESPACE = 'http://www.w3.org/2000/svg';
const SHAPES = new Set(['svg', 'g', 'rect', 'path']);
const FACTS = new Set(['viewBox', 'x', 'y', 'width', 'height', 'd', 'fill', 'shape-rendering', 'transform']);

export function drawnCode(text: string): SVGElement | null {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  return parsed.nodeName === 'svg' ? copied(parsed) : null;
}

function copied(of: Element): SVGElement {
  const made = document.createElementNS(NAMESPACE, of.nodeName);
  for (const { name, value } of of.attributes) if (FACTS.has(name)) made.setAttribute(name, value);
  for (const child of of.children) if (SHAPES.has(child.nodeName)) made.append(copied(child));
  return made;
}
