// Reads a stream of server-sent events, piece by piece as it arrives. Pure: text in, events out.

export interface SentEvent {
  event: string;
  data: string;
  id: string | null;
}

/** An event larger than this is nothing the centre sends: the line is cut, memory stays bounded. */
const MOST_CHARS = 256 * 1024;

export class EventReader {
  #rest = '';

  /** Takes a piece; gives back the events that are whole by now. */
  read(piece: string): SentEvent[] {
    this.#rest += piece.replaceAll('\r\n', '\n');
    const events: SentEvent[] = [];
    for (;;) {
      const end = this.#rest.indexOf('\n\n');
      if (end < 0) break;
      const event = parse(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end + 2);
      if (event) events.push(event);
    }
    if (this.#rest.length > MOST_CHARS) throw new Error('an event of the live feed has no end');
    return events;
  }
}

function parse(block: string): SentEvent | null {
  const event: SentEvent = { event: 'message', data: '', id: null };
  let said = false;
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    // Comments keep the line open and say nothing.
    if (at === 0 || line === '') continue;
    const field = at < 0 ? line : line.slice(0, at);
    const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '');
    if (field === 'event') event.event = value;
    else if (field === 'data') event.data += said ? `\n${value}` : value;
    else if (field === 'id') event.id = value;
    if (field === 'data') said = true;
  }
  return said || event.event !== 'message' ? event : null;
}
