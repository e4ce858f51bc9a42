// SPDX-License-Identifier: MIT
// FollowTheMoney entities, a JSON object a line, for Aleph, OpenSanctions' tools and `ftm`.
//
// States become PublicBody, other parties and standing bodies Organization with a Membership for each side; meetings Event; instruments
// Document, joined to who concluded them by Documentation; threads Project; people Person with Position and Occupancy; reports Article,
// each joined to what it speaks of by Documentation, too, and to whom it names by Mention. FollowTheMoney has no offsets: they stand in a
// second file keyed by the entity's id. Ids are made of the register's, so that a later export of the same thing is the same entity.
#include "export/run.h"

#define ID_MAX 512

// ---- ids and properties -------------------------------------------------------------------------------------------------------
// "karar-event-PAK-RUS.commission.10". The model wants letters, digits, full stops and hyphens, and neither of these at the end: a slash
// becomes a stop, any other byte two hyphens and its hexadecimal digits.
static struct slice id_of(const char *kind, struct slice text, char id[ID_MAX])
{
    static const char digits[] = "0123456789abcdef";
    size_t len = 0;
    for (const char *prefix = "karar-"; *prefix; prefix++)
        id[len++] = *prefix;
    for (; *kind; kind++)
        id[len++] = *kind;
    id[len++] = '-';
    for (size_t i = 0; i < text.len && len + 5 < ID_MAX; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (plain || c == '/') {
            id[len++] = c == '/' ? '.' : (char)c;
        } else {
            id[len++] = '-';
            id[len++] = '-';
            id[len++] = digits[c >> 4];
            id[len++] = digits[c & 15];
        }
    }
    if (id[len - 1] == '.' || id[len - 1] == '-')
        id[len++] = '0';
    return slice_make(id, len);
}

// An entity while it is written, into the output's buffer.
struct entity {
    struct exporting *run;
    struct json json;
};

static struct entity entity_begin(struct exporting *run, const char *schema, struct slice id)
{
    struct entity entity = {.run = run};
    emit_init(&entity.json, &run->out, false);
    emit_object(&entity.json);
    emit_key(&entity.json, "id");
    emit_string(&entity.json, id);
    emit_key(&entity.json, "schema");
    emit_text(&entity.json, schema);
    emit_key(&entity.json, "properties");
    emit_object(&entity.json);
    return entity;
}

static void entity_end(struct entity *entity)
{
    emit_object_end(&entity->json);
    emit_object_end(&entity->json);
    buf_add_char(&entity->run->out, '\n');
    entity->run->rows++;
}

// Values are lists; an empty one is left out.
static void property(struct entity *entity, const char *name, struct slice value)
{
    if (!value.len)
        return;
    emit_key(&entity->json, name);
    emit_array(&entity->json);
    emit_string(&entity->json, value);
    emit_array_end(&entity->json);
}

static void property_pair(struct entity *entity, const char *name, struct slice first, struct slice second)
{
    if (!first.len && !second.len)
        return;
    emit_key(&entity->json, name);
    emit_array(&entity->json);
    if (first.len)
        emit_string(&entity->json, first);
    if (second.len && !slice_eq(first, second))
        emit_string(&entity->json, second);
    emit_array_end(&entity->json);
}

static void property_id(struct entity *entity, const char *name, const char *kind, struct slice text)
{
    char id[ID_MAX];
    if (text.len)
        property(entity, name, id_of(kind, text, id));
}

// Countries are alpha-2 in small letters.
static void property_country(struct entity *entity, const char *name, struct slice code)
{
    struct slice alpha2 = book_party_as(&entity->run->book, code, COLUMN_ALPHA2);
    if (alpha2.len == 2)
        property(entity, name, slice_make((char[]){(char)(alpha2.at[0] | 0x20), (char)(alpha2.at[1] | 0x20)}, 2));
}

static void property_countries(struct entity *entity, struct slice parties)
{
    emit_key(&entity->json, "country");
    emit_array(&entity->json);
    for (struct slice rest = parties; rest.at;) {
        struct slice alpha2 = book_party_as(&entity->run->book, slice_cut(&rest, '-'), COLUMN_ALPHA2);
        if (alpha2.len == 2)
            emit_string(&entity->json, slice_make((char[]){(char)(alpha2.at[0] | 0x20), (char)(alpha2.at[1] | 0x20)}, 2));
    }
    emit_array_end(&entity->json);
}

static bool is_web(struct slice uri)
{
    return slice_starts(uri, SLICE("http://")) || slice_starts(uri, SLICE("https://"));
}

// "Pakistan – Russia".
static void add_party_names(struct exporting *run, struct slice parties)
{
    bool first = true;
    for (struct slice rest = parties; rest.at; first = false) {
        if (!first)
            buf_add_text(&run->line, " – ");
        buf_add(&run->line, book_party_as(&run->book, slice_cut(&rest, '-'), COLUMN_NAME));
    }
}

// ---- parties and bodies -------------------------------------------------------------------------------------------------------
static void take_parties(struct exporting *run, const struct registry_row *row, void *user)
{
    bool *known = user;
    for (struct slice rest = row_get(row, "parties"); rest.at;) {
        struct slice code = slice_cut(&rest, '-');
        const struct book_party *party = book_party(&run->book, code);
        char id[ID_MAX];
        if (party && known[party - run->book.parties.at])
            continue;
        if (party)
            known[party - run->book.parties.at] = true;
        struct entity entity = entity_begin(run, party && party->state ? "PublicBody" : "Organization", id_of("party", code, id));
        run_begin_line(run);
        buf_addf(&run->line, "%s%.*s", party && party->state ? "Government of " : "", (int)(party ? party->name.len : code.len),
                 party ? party->name.at : code.at);
        property(&entity, "name", buf_slice(&run->line));
        property(&entity, "alias", party ? party->name : code);
        property_country(&entity, "country", code);
        entity_end(&entity);
    }
}

static bool is_standing(struct slice type)
{
    return slice_is(type, "commission") || slice_is(type, "working-group");
}

static void take_body(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice body = row_get(row, "body"), type = row_get(row, "type"), parties = row_get(row, "parties");
    char id[ID_MAX];
    (void)user;
    if (!is_standing(type))
        return;
    run_begin_line(run);
    add_party_names(run, parties);
    buf_addf(&run->line, " %s", slice_is(type, "commission") ? "commission" : "working group");
    struct entity entity = entity_begin(run, "Organization", id_of("body", body, id));
    property(&entity, "name", buf_slice(&run->line));
    property(&entity, "alias", row_get(row, "name"));
    property(&entity, "classification", type);
    property_countries(&entity, parties);
    entity_end(&entity);
    for (struct slice rest = parties; rest.at;) {
        struct slice code = slice_cut(&rest, '-');
        run_begin_line(run);
        buf_addf(&run->line, "%.*s/%.*s", (int)body.len, body.at, (int)code.len, code.at);
        entity = entity_begin(run, "Membership", id_of("member", buf_slice(&run->line), id));
        property_id(&entity, "member", "party", code);
        property_id(&entity, "organization", "body", body);
        property(&entity, "role", SLICE("side"));
        entity_end(&entity);
    }
}

// ---- meetings, instruments, threads ---------------------------------------------------------------------------------------------
// Chairs and signatories with their session or instrument, in the order of these: "link US person RS" …
struct roles {
    struct buf all;
    size_t next;
    struct slice last;
};

static void take_role(struct exporting *run, const struct registry_row *row, void *user)
{
    struct roles *roles = user;
    buf_add(&roles->all, row_get(row, "link"));
    buf_add_char(&roles->all, UNIT_SEPARATOR);
    buf_add(&roles->all, row_get(row, "person"));
    buf_add_char(&roles->all, RECORD_SEPARATOR);
    if (roles->all.failed)
        run->status = roles->all.failed;
}

// The next person with a role in the thing, each once; NULL after the last. Sessions and instruments come in the order of their ids, as
// the roles do.
static struct slice next_with_role(struct roles *roles, struct slice link)
{
    while (roles->next < roles->all.len) {
        struct slice rest = slice_make(roles->all.at + roles->next, roles->all.len - roles->next);
        struct slice person = slice_cut(&rest, RECORD_SEPARATOR);
        size_t len = person.len + 1;
        struct slice of = slice_cut(&person, UNIT_SEPARATOR);
        int order = slice_compare(of, link);
        if (order > 0)
            break;
        roles->next += len;
        if (order == 0 && !slice_eq(person, roles->last)) {
            roles->last = person;
            return person;
        }
    }
    roles->last = (struct slice){NULL, 0};
    return roles->last;
}

// The parties, and the people with a role.
static void property_involved(struct entity *entity, struct slice parties, struct slice session, struct roles *roles)
{
    char id[ID_MAX];
    emit_key(&entity->json, "involved");
    emit_array(&entity->json);
    for (struct slice rest = parties; rest.at;)
        emit_string(&entity->json, id_of("party", slice_cut(&rest, '-'), id));
    for (struct slice person; (person = next_with_role(roles, session)).at;)
        emit_string(&entity->json, id_of("person", person, id));
    emit_array_end(&entity->json);
}

static void add_dates(struct entity *entity, const struct registry_row *row)
{
    property(entity, "startDate", row_get(row, "first_day"));
    property(entity, "endDate", row_get(row, "last_day"));
}

static void add_proof(struct entity *entity, const struct registry_row *row)
{
    property(entity, "summary", row_get(row, "sentence"));
    property_id(entity, "proof", "report", row_get(row, "document"));
}

static void take_session(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice session = row_get(row, "session"), parties = row_get(row, "parties"), type = row_get(row, "type");
    struct slice number = row_get(row, "ordinal");
    char id[ID_MAX];
    run_begin_line(run);
    buf_add(&run->line, book_word(&run->book, "meetings", type));
    buf_add_text(&run->line, ", ");
    add_party_names(run, parties);
    if (number.len)
        buf_addf(&run->line, ", no. %.*s", (int)number.len, number.at);
    struct entity entity = entity_begin(run, "Event", id_of("event", session, id));
    property(&entity, "name", buf_slice(&run->line));
    property(&entity, "recordId", session);
    property_pair(&entity, "keywords", type, row_get(row, "status"));
    add_dates(&entity, row);
    property(&entity, "location", row_get(row, "city"));
    property_country(&entity, "country", row_get(row, "country"));
    if (is_standing(type))
        property_id(&entity, "organizer", "body", row_get(row, "body"));
    property_involved(&entity, parties, session, user);
    add_proof(&entity, row);
    entity_end(&entity);
}

// Who concluded an instrument: a party, a person who signed.
static void add_concluded(struct exporting *run, struct slice instrument, const char *kind, struct slice who, const char *role)
{
    char id[ID_MAX];
    run_begin_line(run);
    buf_addf(&run->line, "%.*s/%.*s", (int)instrument.len, instrument.at, (int)who.len, who.at);
    struct entity entity = entity_begin(run, "Documentation", id_of("concluded", buf_slice(&run->line), id));
    property_id(&entity, "document", "instrument", instrument);
    property_id(&entity, "entity", kind, who);
    property(&entity, "role", slice_from(role));
    entity_end(&entity);
}

static void take_instrument(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice instrument = row_get(row, "instrument"), parties = row_get(row, "parties"), kind = row_get(row, "kind");
    struct slice subject = row_get(row, "subject"), sectors = row_get(row, "sectors");
    char id[ID_MAX];
    run_begin_line(run);
    buf_add(&run->line, book_word(&run->book, "instruments", kind));
    buf_add_text(&run->line, ", ");
    add_party_names(run, parties);
    for (struct slice rest = sectors; rest.at && rest.len;) {
        buf_add_text(&run->line, run->line.len && rest.at == sectors.at ? ": " : ", ");
        buf_add(&run->line, book_word(&run->book, "sectors", slice_cut(&rest, ' ')));
    }
    struct entity entity = entity_begin(run, "Document", id_of("instrument", instrument, id));
    property(&entity, "name", buf_slice(&run->line));
    property(&entity, "fileName", instrument);      // which the model demands of a document
    property_pair(&entity, "keywords", kind, row_get(row, "status"));
    property_pair(&entity, "date", row_get(row, "first_day"), row_get(row, "last_day"));
    property(&entity, "notes", subject);
    property_countries(&entity, parties);
    add_proof(&entity, row);
    entity_end(&entity);
    for (struct slice rest = parties; rest.at;)
        add_concluded(run, instrument, "party", slice_cut(&rest, '-'), "party");
    for (struct slice person; (person = next_with_role(user, instrument)).at;)
        add_concluded(run, instrument, "person", person, "signatory");
}

static void take_commitment(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice thread = row_get(row, "commitment"), parties = row_get(row, "parties"), topic = row_get(row, "topic");
    struct slice deadlines = row_get(row, "deadlines"), slips = row_get(row, "slips");
    char id[ID_MAX];
    (void)user;
    struct entity entity = entity_begin(run, "Project", id_of("thread", thread, id));
    property(&entity, "name", topic.len ? topic : thread);
    property(&entity, "projectId", thread);
    property(&entity, "status", row_get(row, "fate"));
    property(&entity, "phase", row_get(row, "stance"));
    property(&entity, "goal", topic);
    property(&entity, "startDate", row_get(row, "first_said"));
    property_countries(&entity, parties);
    if (deadlines.len) {
        run_begin_line(run);
        buf_addf(&run->line, "deadlines: %.*s; slips: %.*s", (int)deadlines.len, deadlines.at, (int)slips.len, slips.at);
        property(&entity, "description", buf_slice(&run->line));
    }
    add_proof(&entity, row);
    entity_end(&entity);
    for (struct slice rest = parties; rest.at;) {
        struct slice code = slice_cut(&rest, '-');
        run_begin_line(run);
        buf_addf(&run->line, "%.*s/%.*s", (int)thread.len, thread.at, (int)code.len, code.at);
        entity = entity_begin(run, "ProjectParticipant", id_of("participant", buf_slice(&run->line), id));
        property_id(&entity, "project", "thread", thread);
        property_id(&entity, "participant", "party", code);
        entity_end(&entity);
    }
}

// ---- people -------------------------------------------------------------------------------------------------------------------
static void take_person(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice party = row_get(row, "party");
    char id[ID_MAX];
    (void)user;
    struct entity entity = entity_begin(run, "Person", id_of("person", row_get(row, "person"), id));
    property(&entity, "name", row_get(row, "name"));
    emit_key(&entity.json, "alias");
    emit_array(&entity.json);
    for (struct slice rest = row_get(row, "spellings"); rest.at && rest.len;)
        emit_string(&entity.json, slice_cut_at(&rest, SLICE(" | ")));
    emit_array_end(&entity.json);
    property_country(&entity, "country", party);
    entity_end(&entity);
}

static void add_position(struct exporting *run, const struct registry_row *row)
{
    struct slice office = row_get(row, "office"), portfolio = row_get(row, "portfolio"), party = row_get(row, "party");
    run_begin_line(run);
    buf_addf(&run->line, "%.*s/%.*s/%.*s", (int)party.len, party.at, (int)office.len, office.at, (int)portfolio.len, portfolio.at);
}

static void take_position(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice office = row_get(row, "office"), portfolio = row_get(row, "portfolio"), party = row_get(row, "party");
    char id[ID_MAX];
    (void)user;
    add_position(run, row);
    struct entity entity = entity_begin(run, "Position", id_of("position", buf_slice(&run->line), id));
    run_begin_line(run);
    buf_add(&run->line, book_word(&run->book, "offices", office));
    for (struct slice rest = portfolio; rest.at && rest.len;) {
        buf_add_text(&run->line, rest.at == portfolio.at ? ": " : ", ");
        buf_add(&run->line, book_word(&run->book, "sectors", slice_cut(&rest, ' ')));
    }
    buf_add_text(&run->line, ", ");
    add_party_names(run, party);
    property(&entity, "name", buf_slice(&run->line));
    property_country(&entity, "country", party);
    property_id(&entity, "organization", "party", party);
    entity_end(&entity);
}

// Reports say that somebody held an office on their day, not when it began: the days are dates, not a begin and an end.
static void take_office(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice person = row_get(row, "person");
    char id[ID_MAX], post[ID_MAX];
    (void)user;
    add_position(run, row);
    struct slice position = id_of("position", buf_slice(&run->line), post);
    buf_addf(&run->line, "/%.*s", (int)person.len, person.at);
    struct entity entity = entity_begin(run, "Occupancy", id_of("occupancy", buf_slice(&run->line), id));
    property_id(&entity, "holder", "person", person);
    property(&entity, "post", position);
    property_pair(&entity, "date", row_get(row, "first_day"), row_get(row, "last_day"));
    entity_end(&entity);
}

// ---- reports ------------------------------------------------------------------------------------------------------------------
static void take_document(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice uri = row_get(row, "uri"), title = row_get(row, "title");
    char id[ID_MAX];
    (void)user;
    struct entity entity = entity_begin(run, "Article", id_of("report", row_get(row, "document"), id));
    property(&entity, "name", title.len ? title : uri);
    property(&entity, "title", title);
    property(&entity, "fileName", uri);
    if (is_web(uri))
        property(&entity, "sourceUrl", uri);
    property(&entity, "publisher", row_get(row, "publisher"));
    property(&entity, "publishedAt", row_get(row, "last_day"));
    property(&entity, "language", book_language(&run->book, row_get(row, "language")));
    entity_end(&entity);
}

static const char *link_kind(struct slice kind)
{
    return slice_is(kind, "commitment") ? "thread" : slice_is(kind, "instrument") ? "instrument" : "event";
}

static void take_link(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice link = row_get(row, "link"), document = row_get(row, "document");
    char id[ID_MAX];
    (void)user;
    run_begin_line(run);
    buf_addf(&run->line, "%.*s/%.*s", (int)link.len, link.at, (int)document.len, document.at);
    struct entity entity = entity_begin(run, "Documentation", id_of("documentation", buf_slice(&run->line), id));
    property_id(&entity, "document", "report", document);
    property_id(&entity, "entity", link_kind(row_get(row, "kind")), link);
    property(&entity, "role", row_get(row, "status"));
    property(&entity, "date", row_get(row, "said_on"));
    property(&entity, "summary", row_get(row, "quote"));
    entity_end(&entity);
}

static void take_mention(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice name = row_get(row, "name"), document = row_get(row, "document");
    char id[ID_MAX];
    (void)user;
    run_begin_line(run);
    buf_addf(&run->line, "%.*s/%.*s", (int)document.len, document.at, (int)name.len, name.at);
    struct entity entity = entity_begin(run, "Mention", id_of("mention", buf_slice(&run->line), id));
    property_id(&entity, "document", "report", document);
    property(&entity, "name", name);
    property_id(&entity, "resolved", "person", row_get(row, "person"));
    property(&entity, "detectedSchema", SLICE("Person"));
    property_country(&entity, "contextCountry", row_get(row, "party"));
    entity_end(&entity);
}

static void take_evidence(struct exporting *run, const struct registry_row *row, void *user)
{
    static const char *const numbers[] = {"begin", "end", "char_begin", "char_end"};
    struct json json;
    char id[ID_MAX];
    int64_t number;
    (void)user;
    emit_init(&json, &run->out, false);
    emit_object(&json);
    emit_key(&json, "entity");
    emit_string(&json, id_of(link_kind(row_get(row, "kind")), row_get(row, "link"), id));
    emit_key(&json, "document");
    emit_string(&json, id_of("report", row_get(row, "document"), id));
    emit_key(&json, "sha256");
    emit_string(&json, row_get(row, "sha256"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!row_number(row, numbers[i], &number))
            continue;
        emit_key(&json, numbers[i]);
        emit_int(&json, number);
    }
    emit_key(&json, "quote");
    emit_string(&json, row_get(row, "quote"));
    emit_object_end(&json);
    buf_add_char(&run->out, '\n');
}

void export_ftm(struct exporting *run)
{
    bool *known = ARENA_ARRAY(&run->arena, bool, run->book.parties.count + 1);
    struct roles roles = {.next = 0};
    buf_init(&roles.all, RUN_MAX);
    run_file(run, "ftm.jsonl");
    run_ask(run, "export_parties", take_parties, known);
    run_ask(run, "export_bodies", take_body, NULL);
    run_ask(run, "export_roles", take_role, &roles);
    run_ask(run, "export_sessions", take_session, &roles);
    roles.next = 0;
    run_ask(run, "export_instruments", take_instrument, &roles);
    run_ask(run, "export_commitments", take_commitment, NULL);
    run_ask(run, "export_people", take_person, NULL);
    run_ask(run, "export_positions", take_position, NULL);
    run_ask(run, "export_offices", take_office, NULL);
    run_ask(run, "export_documents", take_document, NULL);
    run_ask(run, "export_links", take_link, NULL);
    run_ask(run, "export_mentions", take_mention, NULL);
    run_file(run, "ftm-evidence.jsonl");
    run_ask(run, "export_links", take_evidence, NULL);
    buf_finish(&roles.all);
}
