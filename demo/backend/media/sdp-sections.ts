/** Firefox writes port 0 in sections that are bundled (RFC 9143 allows it); werift takes that for a refusal. */
export function openBundledPort(section: string): string {
  return /^a=bundle-only/m.test(section) ? section.replace(/^(m=\w+) 0 /, '$1 9 ') : section;
}

/** The parts of an SDP: all before the first `m=` line, then one for each. */
export function splitSdp(sdp: string): { head: string; sections: string[] } {
  const [head = '', ...sections] = sdp.split(/^(?=m=)/m);
  return { head, sections };
}
