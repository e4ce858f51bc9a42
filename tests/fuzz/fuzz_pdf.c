// SPDX-License-Identifier: MIT
// What pdftotext is given and what comes back: the wrapper, not Poppler.
#include "fuzz.h"

#include <string.h>

#include "karar/karar.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char head[] = "%PDF-1.4\n";
    char *file = malloc(sizeof head - 1 + len), *text = NULL;
    size_t text_len;
    karar_item *item;
    fuzz_check(file);
    memcpy(file, head, sizeof head - 1);
    memcpy(file + sizeof head - 1, bytes, len);
    if (karar_item_new(file, sizeof head - 1 + len, "fuzz.pdf", NULL, &item, NULL) == KARAR_OK) {
        karar_item_text(item, &text, &text_len, NULL);
        karar_item_free(item);
    }
    free(text);
    free(file);
    return 0;
}
