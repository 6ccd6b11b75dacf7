/*
 * A room that posts as fast as it is answered, while screens watch. One thread; it costs far less than the server.
 *
 *     posting PORT CODE CONNECTIONS WATCHERS SECONDS
 *
 * prints {"stored": pledges a second, "all": pledges, the first second's too, "p50": ms, "p99": ms, "refused": answers other
 * than 201, "heard": the least that one of the screens heard of all that was stored, from 0 to 1}.
 */
#include "../wire.h"

#define MOST 1000
#define MOST_ANSWERS 1000000
#define WARM_UP 1.0
#define LONGEST_WAIT 10.0 /* for the last changes to reach the screens */

struct place {
    struct line line;
    int watches, upgraded, posting;
    double sent;
    long heard;
};

static struct place places[MOST];
static double taken[MOST_ANSWERS];
static int port, epoll, connections, watchers, ready, counted, refused;
static long sent, stored;
static const char *code;
static double start, end;

static void post(struct place *one) {
    char text[1000], body[400];
    int size = snprintf(body, sizeof body,
                        "{\"key\":\"%08x-0000-4000-8000-%012lx\",\"text\":\"I will listen more and fix less, every single day.\","
                        "\"name\":\"Maria\"}", (unsigned)getpid(), sent++);
    int count = snprintf(text, sizeof text,
                         "POST /e/%s/pledges HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
                         "Accept: application/json\r\nContent-Length: %d\r\n\r\n%s", code, port, size, body);
    one->sent = now();
    one->posting = 1;
    if (send_whole(one->line.file, text, (size_t)count)) give_up("post");
}

static void open_place(struct place *one) {
    char text[400];
    int size = snprintf(text, sizeof text, "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" UPGRADE "\r\n", port);
    struct epoll_event heard = {.events = EPOLLIN, .data.ptr = one};
    epoll_ctl(epoll, EPOLL_CTL_MOD, one->line.file, &heard);
    if (!one->watches) ready++;
    else if (send_whole(one->line.file, text, (size_t)size)) give_up("watch");
}

static void take_answer(struct place *one, struct answer *answer) {
    double soon = now();
    one->posting = 0;
    if (answer->status != 201) {
        refused++;
    } else {
        stored++;
        if (one->sent > start && soon < end && counted < MOST_ANSWERS) taken[counted++] = soon - one->sent;
    }
    if (soon < end) post(one);
}

static void take_message(struct place *one, const char *text) {
    char watch[200];
    snprintf(watch, sizeof watch, "420[\"watch\",{\"event\":\"%s\",\"since\":0,\"as\":\"wall\",\"screen\":\"projector\"}]", code);
    const char *say = *text == '0' ? "40" : !strncmp(text, "40", 2) ? watch : !strcmp(text, "2") ? "3" : NULL;
    if (say && send_text(one->line.file, say)) give_up("watch");
    if (!strncmp(text, "430", 3)) ready++;
    if (!strncmp(text, "42", 2))
        for (const char *found = text; (found = strstr(found, "\"number\":")); found++) one->heard++;
}

static void hear_frames(struct place *one, char *at, char *last) {
    struct frame frame;
    while (one->upgraded && at < last && read_frame(at, (size_t)(last - at), &frame)) {
        char after = frame.text[frame.length];
        frame.text[frame.length] = 0;
        if (frame.kind == 1) take_message(one, frame.text);
        frame.text[frame.length] = after;
        at += frame.size;
    }
    keep_part(&one->line, at, (size_t)(last - at));
}

static void hear(struct place *one) {
    ssize_t count = read_line(&one->line);
    struct answer answer = {0};
    if (count < 0) give_up("the server hung up");
    if (one->upgraded) {
        hear_frames(one, bytes, bytes + count);
        return;
    }
    int whole = read_answer((size_t)count, &answer);
    if (whole < 0 || (whole && one->watches && answer.status != 101)) give_up("an answer cannot be read");
    if (whole && one->watches) {
        one->upgraded = 1;
        hear_frames(one, bytes + answer.size, bytes + count);
        return;
    }
    keep_part(&one->line, bytes, whole ? 0 : (size_t)count);
    if (whole) take_answer(one, &answer);
}

/* What the screens have all heard, and whether every post was answered. */
static int over(long *heard) {
    int posting = 0;
    *heard = stored;
    for (struct place *one = places; one < places + connections + watchers; one++) {
        posting += one->posting;
        if (one->watches && one->heard < *heard) *heard = one->heard;
    }
    return !posting && *heard >= stored;
}

static int by_length(const void *one, const void *other) {
    double difference = *(const double *)one - *(const double *)other;
    return (difference > 0) - (difference < 0);
}

static double percentile(int share) {
    int place = counted * share / 100;
    return counted ? 1000 * taken[place < counted ? place : counted - 1] : 0;
}

int main(int count, char **given) {
    if (count < 6) return fprintf(stderr, "posting PORT CODE CONNECTIONS WATCHERS SECONDS\n"), 2;
    port = atoi(given[1]), code = given[2], connections = atoi(given[3]), watchers = atoi(given[4]);
    double seconds = atof(given[5]);
    long heard = 0;
    if (connections + watchers > MOST) return 2;
    epoll = epoll_create1(0);
    for (int number = 0; number < connections + watchers; number++) {
        struct place *one = &places[number];
        struct epoll_event opened = {.events = EPOLLOUT, .data.ptr = one};
        one->watches = number >= connections;
        if ((one->line.file = open_connection(1, port)) < 0) give_up("connect");
        epoll_ctl(epoll, EPOLL_CTL_ADD, one->line.file, &opened);
    }
    while (!end || now() < end || (!over(&heard) && now() < end + LONGEST_WAIT)) {
        struct epoll_event events[256];
        int many = epoll_wait(epoll, events, 256, 20);
        for (int one = 0; one < many; one++)
            (events[one].events & EPOLLOUT ? open_place : hear)(events[one].data.ptr);
        if (ready == connections + watchers && !end) {
            start = now() + WARM_UP;
            end = start + seconds;
            for (int one = 0; one < connections; one++) post(&places[one]);
        }
    }
    over(&heard);
    qsort(taken, (size_t)counted, sizeof *taken, by_length);
    printf("{\"stored\": %.1f, \"all\": %ld, \"p50\": %.2f, \"p99\": %.2f, \"refused\": %d, \"heard\": %.4f}\n", counted / seconds, stored,
           percentile(50), percentile(99), refused, stored ? (double)heard / (double)stored : 0);
    return 0;
}
