import type { Plugin } from 'rolldown';

/**
 * Patches Lit in the chunks of the script tag: Lit expects a page of its own, and these chunks run in anybody's page.
 *
 * - The page may have made the Trusted Types policy `lit-html` before, which its Content-Security-Policy allows once. Our policy
 *   then has the widget's name. Where the page requires no policy, none is made. Where it lets no text become markup, the chunk
 *   fails with an error.
 * - A browser extension that translates pages puts elements in the place of text nodes. A text that changes then gets a new node.
 */
export function patchLit(): Plugin {
  return {
    name: 'patch-lit',
    transform: (code, id) => (/[\\/]lit-html[\\/]lit-html\.js$/.test(id) ? patch(code) : null),
  };
}

export function patch(code: string): string {
  const policy = /(\w+)\?\1\.createPolicy\("lit-html",(\{createHTML:(\w+)=>\3\})\):void 0/;
  const text = /(this\._\$AH!==\w+&&\w+\(this\._\$AH\))\?(this\._\$AA\.nextSibling)\.data=/;
  if (!policy.test(code) || !text.test(code))
    throw new Error('Lit is written otherwise: see .build/patch-lit.ts');
  return code
    .replace(
      policy,
      '$1?(()=>{for(const name of["lit-html","osmtalk-widget"])try{return $1.createPolicy(name,$2)}catch{}document.createElement("template").innerHTML=""})():void 0',
    )
    .replace(text, '$1&&$2?.nodeType===3?$2.data=');
}
