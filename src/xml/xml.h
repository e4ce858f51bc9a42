// SPDX-License-Identifier: MIT
// libxml2 as the readers of pages and feeds call it: through a table, since the library and the program come by it in different ways.
// libkarar is linked with it (xml_linked.c), like any other that it needs. The program loads it with the first page or feed
// (xml_loaded.c): with the libraries behind it, ICU's among them, it would make up a seventh of the start of every command.
#ifndef KARAR_XML_XML_H
#define KARAR_XML_XML_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include "base/library.h"

#define XML_CALLS(X)                                                                                                    \
    X(htmlCreatePushParserCtxt) X(htmlCtxtUseOptions) X(htmlFreeParserCtxt) X(htmlParseChunk) X(xmlCreatePushParserCtxt) \
    X(xmlCtxtUseOptions) X(xmlFreeDoc) X(xmlFreeParserCtxt) X(xmlGetPredefinedEntity) X(xmlInitParser) X(xmlParseChunk)  \
    X(xmlStopParser)

struct xml {
    XML_CALLS(LIBRARY_POINTER)
};

// The table, with the parser set up; the same one for every caller and from any thread. NULL if libxml2 is not installed.
const struct xml *xml(void);

#define XML_MISSING "libxml2 is not installed, which reads pages and feeds: the package is libxml2"

#endif
