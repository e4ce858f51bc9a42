// SPDX-License-Identifier: MIT
// The addresses of what one reads.
//
// Each page is a function of a request that fills an answer, in a file of its own kind.
// Fixed names come first, in small letters; ids of things, which begin with capitals, come last.
#include "serve/pages.h"

#include "serve/route.h"

const struct route page_routes[] = {
    {AREA_PAGES, "", METHOD_GET, page_start, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "search", METHOD_GET, page_search, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "new", METHOD_GET, page_added, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "new.atom", METHOD_GET, page_feed, 0, ACCESS_FEED, ROLE_READER},
    {AREA_PAGES, "calendar", METHOD_GET, page_calendar, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "calendar.ics", METHOD_GET, page_calendar_all, 0, ACCESS_FEED, ROLE_READER},
    {AREA_PAGES, "calendar/*", METHOD_GET, page_calendar_of, 0, ACCESS_FEED, ROLE_READER},
    {AREA_PAGES, "about", METHOD_GET, page_about, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "sector/*", METHOD_GET, page_sector, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "brief/*", METHOD_GET, page_brief, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "review", METHOD_GET, page_review, 0, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "judge", METHOD_GET, page_judge, 0, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "agreement", METHOD_GET, page_agreement, 0, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "claim/*", METHOD_GET, page_claim, 0, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "decide", METHOD_POST, page_decide, (size_t)64 << 10, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "add", METHOD_GET, page_add, 0, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "add", METHOD_POST, page_add_sent, MAX_BODY, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "adding/*", METHOD_GET, page_adding, 0, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "added/*", METHOD_GET, page_report_added, 0, ACCESS_KNOWN, ROLE_REVIEWER},
    {AREA_PAGES, "sign-in", METHOD_GET, page_sign_in, 0, ACCESS_KNOWN, ROLE_ANYBODY},
    {AREA_PAGES, "sign-in", METHOD_POST, page_sign_in_sent, (size_t)16 << 10, ACCESS_KNOWN, ROLE_ANYBODY},
    {AREA_PAGES, "sign-out", METHOD_POST, page_sign_out, (size_t)16 << 10, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "account", METHOD_GET, page_account, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "account", METHOD_POST, page_account_sent, (size_t)16 << 10, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "audit", METHOD_GET, page_audit, 0, ACCESS_KNOWN, ROLE_KEEPER},
    {AREA_PAGES, "users", METHOD_GET, page_users, 0, ACCESS_KNOWN, ROLE_KEEPER},
    {AREA_PAGES, "users", METHOD_POST, page_users_sent, (size_t)16 << 10, ACCESS_KNOWN, ROLE_KEEPER},
    {AREA_PAGES, "users/*", METHOD_GET, page_user, 0, ACCESS_KNOWN, ROLE_KEEPER},
    {AREA_PAGES, "backup", METHOD_POST, page_backup, (size_t)16 << 10, ACCESS_KNOWN, ROLE_KEEPER},
    {AREA_PAGES, "document/*", METHOD_GET, page_document, 0, ACCESS_KNOWN, ROLE_READER},
    {AREA_PAGES, "*", METHOD_GET, page_thing, 0, ACCESS_KNOWN, ROLE_READER},
    {0},
};
