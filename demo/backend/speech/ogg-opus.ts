const capturePattern = 'OggS';
const pageHeaderBytes = 27;
/** OpusHead and OpusTags, each in a packet of its own (RFC 7845 section 3). */
const headerPackets = 2;

/** The Opus packets of an Ogg file (RFC 3533), without the two headers: one packet is one RTP payload. */
export function readOpusPackets(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let unfinished: Buffer[] = [];
  for (let page = 0; page < file.length;) {
    if (file.toString('latin1', page, page + 4) !== capturePattern) {
      throw new Error(`Not an Ogg page at byte ${page}.`);
    }
    const segmentCount = file[page + 26] ?? 0;
    let position = page + pageHeaderBytes + segmentCount;
    const segmentSizes = file.subarray(page + pageHeaderBytes, position);
    if (segmentSizes.length < segmentCount) throw new Error(`The Ogg page at byte ${page} is cut short.`);
    for (const size of segmentSizes) {
      if (position + size > file.length) throw new Error(`The Ogg page at byte ${page} is cut short.`);
      unfinished.push(file.subarray(position, position + size));
      position += size;
      // A full segment says that the packet goes on in the next one, maybe on the next page.
      if (size < 255) {
        packets.push(Buffer.concat(unfinished));
        unfinished = [];
      }
    }
    page = position;
  }
  if (!packets[0]?.toString('latin1').startsWith('OpusHead')) throw new Error('Not an Opus stream.');
  return packets.slice(headerPackets);
}
