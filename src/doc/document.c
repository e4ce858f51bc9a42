// SPDX-License-Identifier: MIT
// What is asked of the layers of a document by more than one stage: here, how its lists are laid out. A list is known by its shape alone,
// by numbers and bullets at the head of sentences, so that the question is the same in every language and needs no word of a pack. What
// the items are about is no matter of this file.
#include "doc/document.h"

bool document_opens_item(const struct document *document, uint32_t index)
{
    const struct sentence *sentence = &document->sentences.at[index];
    const struct token *open = &document->tokens.at[sentence->first];
    if (sentence->first + 1 >= sentence->last)
        return false;
    bool mark = open[1].kind == TOKEN_PUNCT || open[1].kind == TOKEN_SYMBOL;
    if (open->kind == TOKEN_NUMBER)
        return mark;
    bool begins = index == 0 || document->sentences.at[index - 1].paragraph != sentence->paragraph;
    return begins && (open->kind == TOKEN_PUNCT || open->kind == TOKEN_SYMBOL) && !(open[1].flags & TOKEN_QUOTED);
}
