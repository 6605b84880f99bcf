/** What is used of jsdom, which has no types of its own. */
declare module 'jsdom' {
  export class VirtualConsole {
    on(event: string, listener: (fault: unknown) => void): this;
  }
  export class JSDOM {
    constructor(
      html: string,
      options: {
        url: string;
        runScripts: 'outside-only';
        pretendToBeVisual: boolean;
        virtualConsole: VirtualConsole;
      },
    );
    readonly window: Window & { eval(code: string): unknown };
  }
}
