/*
 * A hall: phones that join, send pledges and follow the room, and three walls. One thread; it costs far less than the server.
 *
 *     hall PORT CODE PHONES JOIN_SECONDS FILES FACTS [POLLED]
 *
 * FILES lists the static files that a phone fetches, one path a line. Each part of the evening is named on standard output
 * as it begins; what happened is written to FACTS, one fact a line: the time, a word, numbers (`facts.py` reads them).
 * Phones follow by a socket, or by asking for the path POLLED again and again where it is given.
 */
#include "../wire.h"

#include <stdarg.h>

#define WALLS 3
#define PHONES_OF_AN_ADDRESS 10000 /* a venue is one address; its ports are enough for so many */
#define SAMPLE 20                  /* phones whose every news is noted */
#define MOST_POSTS 20000
#define MOST_FILES 100
#define LONGEST_JOIN 120.0
#define REST 3.0
#define POSTS_A_SECOND (phones < 120 ? phones / 6.0 : 20.0) /* no phone more than it may */
#define POSTS_SECONDS 30.0
#define BURST_SECONDS 2.0
#define LONGEST_BURST 60.0
#define POSTS_WHILE_AWAY 15.0
#define LONGEST_AWAY 120.0
#define AGAIN 3.0 /* somebody whose page did not come tries again */

/* static/phone/sender.js and backoff.js */
#define LONGEST_TRY 15.0
#define FIRST_WAIT 0.5
#define LONGEST_WAIT 15.0
/* static/phone/follow.js */
#define RECEIPT_LEAST 10.0
#define RECEIPT_SPREAD 5.0
/* where an answer says nothing else */
#define POLL_SECONDS 5.0

#define BROWSER "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) " \
                "Chrome/142.0.0.0 Mobile Safari/537.36\r\nAccept-Language: en-GB,en;q=0.9\r\n"
#define COMPRESSED "Accept-Encoding: gzip, deflate\r\n"

enum errand { NOTHING, PAGE, STATIC_FILE, SEND, RECEIPT, POLL };

struct visitor {
    int number, is_wall;
    struct line http, socket;
    enum errand errand; /* what its HTTP connection is used for */
    int file;
    double came;        /* when its visit began */
    double began;       /* when its errand did */
    double visit_due, send_due, receipt_due, poll_due, socket_due, watch_due; /* 0: not to be done */
    int sends, tries;   /* tries in vain, to send and to connect */
    int upgraded, watching, follows, was_here;
    int post;           /* the pledge that is to be sent; -1: none */
    double receipt_asked;
    long version;       /* of a wall's copy, or of what a phone last heard */
    char receipt[64], cookies[400], etag[100];
};

static struct visitor *everybody;
static double sent_at[MOST_POSTS]; /* when each pledge was first sent */
static long newest; /* the highest version that an answer to a pledge told */
static char *files[MOST_FILES];
static int phones, file_count, port, epoll, posts, stored, here, lost, next_phone;
static const char *code, *polled;
static FILE *facts;

static void note(const char *what, const char *numbers, ...) {
    va_list values;
    va_start(values, numbers);
    fprintf(facts, "%.6f %s ", now(), what);
    vfprintf(facts, numbers, values);
    fputc('\n', facts);
    va_end(values);
}

static double chance(void) { return rand() / (RAND_MAX + 1.0); }

static double wait_to_send(struct visitor *one) {
    double most = FIRST_WAIT * (1 << (one->sends < 6 ? one->sends++ : 6));
    return (most < LONGEST_WAIT ? most : LONGEST_WAIT) * (0.5 + chance() / 2);
}

/* As socket.io-client waits: shared/room.js gives it up to 15 s and all the chance there is, shared/watch.js up to 5 s. */
static double wait_to_connect(struct visitor *one) {
    double doubled = 1 << (one->tries < 6 ? one->tries++ : 6);
    double wait = one->is_wall ? 0.5 * doubled * (0.5 + chance()) : doubled * 2 * chance();
    double most = one->is_wall ? 5 : 15;
    return wait < most ? wait : most;
}

static void open_line(struct visitor *one, struct line *line) {
    line->file = open_connection(2 + one->number / PHONES_OF_AN_ADDRESS, port);
    struct epoll_event opened = {.events = EPOLLOUT, .data.ptr = line};
    line->of = one;
    if (line->file >= 0) epoll_ctl(epoll, EPOLL_CTL_ADD, line->file, &opened);
}

/* What was asked for comes next. */
static void listen_to(struct line *line) {
    struct epoll_event heard = {.events = EPOLLIN, .data.ptr = line};
    epoll_ctl(epoll, EPOLL_CTL_MOD, line->file, &heard);
}

static void follows_now(struct visitor *one) {
    note(one->was_here ? "back" : one->is_wall ? "opened" : "joined", "%d %.6f", one->number, now() - one->came);
    one->tries = 0;
    one->follows = one->was_here = 1;
    here++;
}

static void follows_no_more(struct visitor *one) {
    if (one->follows) note("away", "%d", one->number), lost++, here--;
    one->follows = 0;
}

static void hear_version(struct visitor *one, const char *json) {
    one->version = number_after(json, "\"version\":");
    if (one->number % (phones > SAMPLE ? phones / SAMPLE : 1) == 0) note("heard", "%d %ld", one->number, one->version);
    if (*one->receipt && !one->receipt_due) { /* the room has moved: how is my pledge doing? */
        double rest = one->receipt_asked + RECEIPT_LEAST, soon = now();
        one->receipt_due = (rest > soon ? rest : soon) + chance() * RECEIPT_SPREAD;
    }
}

/* ---- HTTP: the page and its files, a pledge, a receipt ---- */

static void fail_errand(struct visitor *one);

static int write_pledge(char *body, size_t size, int number) {
    return snprintf(body, size,
                    "{\"key\":\"%08x-0000-4000-8000-%012x\",\"text\":\"Pledge %d: I will listen more and fix less, every single "
                    "day.\",\"name\":\"Maria\",\"organisation\":\"Theatre team\"}",
                    (unsigned)getpid(), (unsigned)number, number);
}

/* Sends the request of its errand, as a browser does. */
static void ask(struct visitor *one) {
    static const char *accepted[] = {[PAGE] = "text/html,application/xhtml+xml,*/*;q=0.8", [STATIC_FILE] = "*/*",
                                     [SEND] = "application/json", [RECEIPT] = "application/json", [POLL] = "application/json"};
    char path[200], more[200] = COMPRESSED, body[400] = "", text[2048];
    switch (one->errand) {
    case PAGE:
        snprintf(path, sizeof path, "/e/%s", code);
        break;
    case STATIC_FILE:
        snprintf(path, sizeof path, "%s", files[one->file]);
        break;
    case SEND:
        snprintf(path, sizeof path, "/e/%s/pledges", code);
        snprintf(more, sizeof more, COMPRESSED "Content-Type: application/json\r\nContent-Length: %d\r\n",
                 write_pledge(body, sizeof body, one->post));
        break;
    case RECEIPT:
        snprintf(path, sizeof path, "%s", one->receipt);
        break;
    default: /* a few hundred bytes, and read here */
        snprintf(path, sizeof path, "%s", polled);
        *more = 0;
        if (*one->etag) snprintf(more, sizeof more, "If-None-Match: %s\r\n", one->etag);
    }
    int size = snprintf(text, sizeof text, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" BROWSER "Accept: %s\r\n%s%s%s%s\r\n%s",
                        one->errand == SEND ? "POST" : "GET", path, port, accepted[one->errand], *one->cookies ? "Cookie: " : "",
                        one->cookies, *one->cookies ? "\r\n" : "", more, body);
    if (send_whole(one->http.file, text, (size_t)size)) fail_errand(one);
    else listen_to(&one->http);
}

static void begin(struct visitor *one, enum errand errand) {
    one->errand = errand;
    one->began = now();
    if (one->http.file < 0) open_line(one, &one->http);
    else ask(one);
}

/* Who asks again and again keeps the connection, as a browser does. */
static void end_errand(struct visitor *one) {
    if (!polled) close_line(&one->http);
    one->errand = NOTHING;
}

static void fail_errand(struct visitor *one) {
    double soon = now();
    enum errand errand = one->errand;
    close_line(&one->http);
    one->errand = NOTHING;
    if (errand == PAGE || errand == STATIC_FILE) {
        note("broken", "%d", one->number);
        one->visit_due = soon + AGAIN;
    }
    if (errand == SEND) one->send_due = soon + wait_to_send(one);
    if (errand == POLL) follows_no_more(one), one->poll_due = soon + wait_to_connect(one);
}

static void refuse(struct visitor *one, int status) { note("refused", "%d %d %d", one->number, one->errand, status); }

static double seconds_in(const char *head, const char *name) {
    const char *found = strcasestr(head, name);
    return found ? strtod(found + strlen(name), NULL) : 0;
}

static void take_cookies(struct visitor *one, const char *head) {
    while ((head = strcasestr(head, "\r\nset-cookie:"))) {
        head += 13 + strspn(head + 13, " ");
        size_t had = strlen(one->cookies), size = strcspn(head, ";\r");
        char name[100];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(head, "="), head);
        if (!strstr(one->cookies, name) && had + size + 3 < sizeof one->cookies)
            sprintf(one->cookies + had, "%s%.*s", had ? "; " : "", (int)size, head);
    }
}

static void take_page_or_file(struct visitor *one, struct answer *answer) {
    if (answer->status != 200) {
        refuse(one, answer->status);
        fail_errand(one);
        return;
    }
    if (one->errand == PAGE) {
        note("page", "%d %.6f", one->number, now() - one->began);
        take_cookies(one, answer->head);
        one->errand = STATIC_FILE;
        one->file = 0;
    } else {
        one->file++;
    }
    if (one->file < file_count) {
        ask(one);
        return;
    }
    end_errand(one);
    one->file = 0;
    if (polled) one->poll_due = now();
    else one->socket_due = now();
}

static void take_stored(struct visitor *one, struct answer *answer) {
    double soon = now();
    if (answer->status == 200 || answer->status == 201) {
        long version = number_after(strstr(answer->body, "receipt"), "\"version\":");
        note("stored", "%d %.6f %ld", one->post, soon - sent_at[one->post], version);
        if (version > newest) newest = version;
        char *receipt = strstr(answer->body, "/receipt/");
        if (receipt) snprintf(one->receipt, sizeof one->receipt, "%.*s", (int)strcspn(receipt, "\""), receipt);
        one->receipt_asked = soon;
        one->post = -1;
        one->sends = 0;
        stored++;
        end_errand(one);
    } else {
        refuse(one, answer->status);
        double wait = seconds_in(answer->head, "\r\nretry-after:");
        fail_errand(one);
        one->send_due += wait;
    }
}

static void take_poll(struct visitor *one, struct answer *answer) {
    if (answer->status != 200 && answer->status != 304) refuse(one, answer->status);
    else if (!one->follows) follows_now(one);
    if (answer->status == 200) {
        char *etag = strcasestr(answer->head, "\r\netag:");
        if (etag) snprintf(one->etag, sizeof one->etag, "%.*s", (int)strcspn(etag + 8, "\r"), etag + 8);
        hear_version(one, answer->body);
    }
    double pace = seconds_in(answer->head, "\r\nretry-after:");
    if (!pace) pace = seconds_in(answer->head, "max-age=");
    end_errand(one);
    one->poll_due = now() + (pace ? pace : POLL_SECONDS);
}

static void take_answer(struct visitor *one, struct answer *answer) {
    if (one->errand == PAGE || one->errand == STATIC_FILE) {
        take_page_or_file(one, answer);
    } else if (one->errand == SEND) {
        take_stored(one, answer);
    } else if (one->errand == POLL) {
        take_poll(one, answer);
    } else {
        if (answer->status == 200) note("receipt", "%.6f", now() - one->began);
        else refuse(one, answer->status);
        end_errand(one);
    }
}

static void hear_http(struct visitor *one) {
    ssize_t count = read_line(&one->http);
    struct answer answer;
    int whole = count < 0 ? -1 : read_answer((size_t)count, &answer);
    keep_part(&one->http, bytes, whole == 0 ? (size_t)count : 0);
    if (whole < 0) fail_errand(one);
    else if (whole) take_answer(one, &answer);
}

/* ---- The socket of a phone or a wall ---- */

static void lose_socket(struct visitor *one) {
    close_line(&one->socket);
    one->upgraded = one->watching = 0;
    one->watch_due = 0;
    follows_no_more(one);
    one->socket_due = now() + wait_to_connect(one);
}

static void say(struct visitor *one, const char *text) {
    if (send_text(one->socket.file, text)) lose_socket(one);
}

static void open_socket(struct visitor *one) {
    if (!one->came) one->came = now();
    open_line(one, &one->socket);
    if (one->socket.file < 0) lose_socket(one);
}

static void upgrade(struct visitor *one) {
    char text[1200];
    int size = snprintf(text, sizeof text, "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" BROWSER COMPRESSED UPGRADE
                        "%s%s%s\r\n", port, *one->cookies ? "Cookie: " : "", one->cookies, *one->cookies ? "\r\n" : "");
    if (send_whole(one->socket.file, text, (size_t)size)) lose_socket(one);
    else listen_to(&one->socket);
}

static void watch(struct visitor *one) {
    char text[200];
    if (one->is_wall)
        snprintf(text, sizeof text, "420[\"watch\",{\"event\":\"%s\",\"since\":%ld,\"as\":\"wall\",\"screen\":\"projector\"}]", code, one->version);
    else
        snprintf(text, sizeof text, "420[\"watch\",{\"event\":\"%s\",\"as\":\"phone\"}]", code);
    one->watching = 1;
    say(one, text);
}

/* As shared/event-copy.js applies them. */
static void take_changes(struct visitor *one, const char *json) {
    const char *range = strstr(json, "\"from\":");
    long from = number_after(range, "\"from\":"), to = number_after(range, "\"to\":");
    if (from != one->version) {
        if (to <= one->version) return;
        note("gap", "%d", one->number);
        if (!one->watching) watch(one);
        return;
    }
    one->version = to;
    for (const char *text = json; (text = strstr(text, "\"Pledge ")); text++) note("shown", "%d %ld", one->number, number_after(text, "\"Pledge "));
}

static void take_watched(struct visitor *one, const char *json) {
    one->watching = 0;
    if (strstr(json, "\"error\":")) {
        note("refused", "%d -1 %ld", one->number, number_after(json, "\"retry_after\":"));
        long wait = number_after(json, "\"retry_after\":");
        one->watch_due = now() + (wait > 0 ? (double)wait : 1);
        return;
    }
    if (!one->follows) follows_now(one);
    if (one->is_wall) take_changes(one, json);
    else hear_version(one, json);
}

static void take_message(struct visitor *one, const char *text) {
    if (!strcmp(text, "2")) say(one, "3");
    else if (*text == '0') say(one, "40");
    else if (!strncmp(text, "40", 2)) watch(one);
    else if (!strncmp(text, "44", 2)) lose_socket(one);
    else if (!strncmp(text, "430", 3)) take_watched(one, text);
    else if (!strncmp(text, "42[\"changes\"", 12)) take_changes(one, text);
    else if (!strncmp(text, "42[\"room\"", 9)) hear_version(one, text);
}

static void hear_socket(struct visitor *one) {
    ssize_t count = read_line(&one->socket);
    if (count < 0) {
        lose_socket(one);
        return;
    }
    char *at = bytes, *end = bytes + count;
    if (!one->upgraded) {
        struct answer answer = {0};
        int whole = read_answer((size_t)count, &answer);
        if (whole && answer.status != 101) {
            if (whole > 0) note("refused", "%d -1 %d", one->number, answer.status);
            lose_socket(one);
            return;
        }
        if (whole) one->upgraded = 1, at += answer.size;
    }
    struct frame frame;
    while (one->upgraded && at < end && read_frame(at, (size_t)(end - at), &frame)) {
        char after = frame.text[frame.length];
        frame.text[frame.length] = 0;
        if (frame.kind == 8) lose_socket(one);
        else if (frame.kind == 1) take_message(one, frame.text);
        frame.text[frame.length] = after;
        at += frame.size;
    }
    if (one->socket.file >= 0) keep_part(&one->socket, at, (size_t)(end - at));
}

/* ---- The evening ---- */

/* A phone that has time to send a pledge, or NULL: each has its turn. */
static struct visitor *somebody(void) {
    for (int tries = 0; tries < phones; tries++) {
        struct visitor *one = &everybody[next_phone++ % phones];
        if (one->was_here && one->post < 0 && one->errand == NOTHING) return one;
    }
    return NULL;
}

static void post_until(int wanted) {
    struct visitor *one;
    while (posts < wanted && posts < MOST_POSTS && (one = somebody())) {
        one->post = posts;
        sent_at[posts++] = now();
        note("sent", "%d", one->post);
        begin(one, SEND);
    }
}

/* Whether every pledge is stored, and on every wall. */
static int all_is_shown(void) {
    int shown = stored == posts;
    for (int wall = phones; wall < phones + WALLS; wall++) shown &= everybody[wall].version >= newest;
    return shown;
}

enum part { JOIN, RESTING, POSTS, BURST, AWAY, END };
static const char *part_names[] = {"join", "rest", "posts", "burst", "away", "end"};

struct evening {
    enum part part;
    double began;                              /* when this part did */
    int posts_before, lost_before, here_before; /* as it began */
};

static void enter(struct evening *evening, enum part part, double soon) {
    *evening = (struct evening){part, soon, posts, lost, here};
    fflush(facts);
    puts(part_names[part]);
    fflush(stdout);
}

static double least(double one, double other) { return one < other ? one : other; }

/* Sends the pledges that are due in this part of the evening; whether it is over. */
static int conduct(struct evening *evening, double spent, double join_seconds) {
    int wanted = evening->posts_before;
    switch (evening->part) {
    case JOIN:
        return here == phones + WALLS || (spent > join_seconds && spent > LONGEST_JOIN);
    case RESTING:
        return spent > REST;
    case POSTS:
        post_until(wanted + (int)(least(spent, POSTS_SECONDS) * POSTS_A_SECOND));
        return spent > POSTS_SECONDS;
    case BURST:
        post_until(wanted + (int)(least(spent / BURST_SECONDS, 1) * phones / 10));
        return (spent > BURST_SECONDS && all_is_shown()) || spent > LONGEST_BURST;
    default: /* somebody kills the server and starts it again */
        post_until(wanted + (int)(least(spent, POSTS_WHILE_AWAY) * POSTS_A_SECOND));
        int back = lost > evening->lost_before && here >= evening->here_before;
        return (spent > POSTS_WHILE_AWAY && back && all_is_shown()) || spent > LONGEST_AWAY;
    }
}

static void do_what_is_due(struct visitor *one, double soon) {
    int free = one->errand == NOTHING;
    if (one->errand == SEND && soon > one->began + LONGEST_TRY) fail_errand(one);
    if (one->errand != NOTHING && one->http.file < 0) fail_errand(one); /* nobody was there to connect to */
    if (one->visit_due && soon >= one->visit_due && free) {
        one->visit_due = 0;
        if (!one->came) one->came = soon;
        begin(one, PAGE);
    } else if (one->send_due && soon >= one->send_due && free) {
        one->send_due = 0;
        begin(one, SEND);
    } else if (one->poll_due && soon >= one->poll_due && free) {
        one->poll_due = 0;
        begin(one, POLL);
    } else if (one->receipt_due && soon >= one->receipt_due && free) {
        one->receipt_due = 0;
        one->receipt_asked = soon;
        begin(one, RECEIPT);
    }
    if (one->socket_due && soon >= one->socket_due) {
        one->socket_due = 0;
        open_socket(one);
    }
    if (one->watch_due && soon >= one->watch_due) {
        one->watch_due = 0;
        watch(one);
    }
}

static void serve(struct line *line, uint32_t events) {
    struct visitor *one = line->of;
    if (line->file < 0) return; /* closed a moment ago */
    if (line == &one->http) (events & EPOLLOUT ? ask : hear_http)(one);
    else (events & EPOLLOUT ? upgrade : hear_socket)(one);
}

static void read_files(const char *path) {
    static char names[MOST_FILES][200];
    FILE *list = fopen(path, "r");
    if (!list) give_up(path);
    while (file_count < MOST_FILES && fscanf(list, "%199s", names[file_count]) == 1) files[file_count] = names[file_count], file_count++;
    fclose(list);
}

static void invite(double join_seconds) {
    double soon = now();
    everybody = calloc((size_t)(phones + WALLS), sizeof *everybody);
    if (!everybody) give_up("memory");
    for (int number = 0; number < phones + WALLS; number++) {
        struct visitor *one = &everybody[number];
        *one = (struct visitor){.number = number, .is_wall = number >= phones, .http.file = -1, .socket.file = -1, .post = -1};
        if (one->is_wall) one->socket_due = soon;
        else one->visit_due = soon + join_seconds * number / phones;
    }
}

int main(int count, char **given) {
    if (count < 7) return fprintf(stderr, "hall PORT CODE PHONES JOIN_SECONDS FILES FACTS [POLLED]\n"), 2;
    port = atoi(given[1]), code = given[2], phones = atoi(given[3]), polled = count > 7 ? given[7] : NULL;
    double join_seconds = atof(given[4]), looked = 0;
    long open_files = raise_open_files();
    if (open_files < 2L * phones + 50) fprintf(stderr, "%ld open files are few for %d phones\n", open_files, phones);
    read_files(given[5]);
    if (!(facts = fopen(given[6], "w"))) give_up(given[6]);
    epoll = epoll_create1(0);
    invite(join_seconds);
    struct evening evening;
    enter(&evening, JOIN, now());
    while (evening.part != END) {
        struct epoll_event events[256];
        int ready = epoll_wait(epoll, events, 256, 5);
        for (int one = 0; one < ready; one++) serve(events[one].data.ptr, events[one].events);
        double soon = now();
        if (soon < looked + 0.005) continue;
        looked = soon;
        if (conduct(&evening, soon - evening.began, join_seconds)) enter(&evening, evening.part + 1, soon);
        for (int number = 0; number < phones + WALLS; number++) do_what_is_due(&everybody[number], soon);
    }
    return fclose(facts) ? 1 : 0;
}
