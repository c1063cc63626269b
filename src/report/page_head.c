/* SPDX-License-Identifier: MIT
 *
 * The style of the pages: light and dark, narrow and wide, on paper. Nothing is fetched.
 */
#include "report/html.h"

static const char style[] =
	":root{color-scheme:light dark;--page:#fff;--soft:#f3f5f7;--line:#d5dae0;--text:#1b2026;"
	"--quiet:#555f6b;--good:#17663a;--bad:#a3211b;--wait:#7a4b00}\n"
	"@media (prefers-color-scheme:dark){:root{--page:#14181d;--soft:#1e242b;--line:#3a434e;"
	"--text:#e6eaef;--quiet:#a5b0bc;--good:#7ad19b;--bad:#ff9d94;--wait:#f0c070}}\n"
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;padding:1rem;max-width:62rem;background:var(--page);color:var(--text);"
	"font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\n"
	"h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}\n"
	"h2{font-size:1.25rem;margin:2.2rem 0 .5rem;padding-top:.6rem;border-top:2px solid "
	"var(--line)}\n"
	"h3{font-size:1.05rem;margin:1.4rem 0 .4rem}\n"
	"p{margin:.4rem 0}ul{margin:.3rem 0;padding-left:1.2rem}\n"
	"code{font:.88em/1.4 ui-monospace,monospace}\n"
	"nav ul,.sum{display:flex;flex-wrap:wrap;gap:.4rem 1rem;padding:0;list-style:none}\n"
	".sum{display:grid;grid-template-columns:repeat(3,1fr);gap:.6rem;margin:.8rem 0}\n"
	"a{color:inherit}\n"
	".sum li{background:var(--soft);border-radius:.4rem;padding:.5rem .7rem}\n"
	".sum b{display:block;font-size:1.3rem}\n"
	".one{margin:.7rem 0;padding:.6rem .8rem;border:1px solid var(--line);border-radius:.4rem;"
	"break-inside:avoid}\n"
	".one p{margin:.2rem 0}\n"
	".say{font-weight:600}\n"
	".q{color:var(--quiet)}.good{color:var(--good)}.bad{color:var(--bad)}"
	".wait{color:var(--wait)}\n"
	".good,.bad,.wait{font-weight:600}\n"
	"dl{margin:.3rem 0;display:grid;grid-template-columns:8rem 1fr;gap:.1rem .8rem}\n"
	"dt{color:var(--quiet)}dd{margin:0}\n"
	"table{border-collapse:collapse;width:100%;margin:.4rem 0}\n"
	"th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;"
	"border-bottom:1px solid var(--line)}\n"
	".part td+td,.part th+th{white-space:nowrap;width:4.6rem}\n"
	"th{color:var(--quiet);font-weight:600;overflow-wrap:normal}tr{break-inside:avoid}\n"
	"@media (max-width:34rem){.sum{grid-template-columns:1fr 1fr}dl{display:block}"
	"dd{margin-bottom:.3rem}body{padding:.7rem}th,td{padding-right:.35rem}}\n"
	"@media print{:root{--page:#fff;--soft:#fff;--line:#999;--text:#000;--quiet:#333;"
	"--good:#000;--bad:#000;--wait:#000}"
	"body{max-width:none;padding:0;font-size:10pt}nav{display:none}a{text-decoration:none}"
	"h2,h3{break-after:avoid}.sum li{border:1px solid var(--line)}}\n";

void scap__page_head(struct buffer *out, const char *language, const char *title,
                     const char *more)
{
	scap__html_item(out, "<!DOCTYPE html>\n<html lang=\"", language,
	                "\">\n<head>\n<meta charset=\"utf-8\">\n");
	scap__buffer_text(out, "<meta name=\"viewport\" content=\"width=device-width, "
	                       "initial-scale=1\">\n");
	scap__html_item(out, "<title>", title, "</title>\n<style>\n");
	scap__buffer_text(out, style);
	scap__buffer_text(out, more);
	scap__buffer_text(out, "</style>\n</head>\n");
}
