/* What the load programs share: sockets on loopback, and whole HTTP answers and websocket frames out of a stream of bytes. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LARGEST (1 << 26) /* the longest answer to a wall that asks for everything is far below it */
#define UPGRADE "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" \
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"

/* Python's time.monotonic() is the same clock. */
static inline double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static inline __attribute__((noreturn)) void give_up(const char *why) {
    perror(why);
    exit(1);
}

/* As many open files as the system allows; returns how many. */
static inline long raise_open_files(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files)) give_up("open files");
    files.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files)) give_up("open files");
    return (long)files.rlim_cur;
}

/* Begins a connection from 127.0.0.HOST; -1 where there is nobody. */
static inline int open_connection(int host, int port) {
    struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET};
    int file = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    if (file < 0) give_up("socket");
    from.sin_addr.s_addr = htonl(0x7f000000u + (uint32_t)host);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons((uint16_t)port);
    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(file, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(file, (struct sockaddr *)&from, sizeof from) ||
        (connect(file, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS)) {
        close(file);
        return -1;
    }
    return file;
}

/* One connection, and the part of a message that has come so far. */
struct line {
    int file;  /* -1 where it is closed */
    void *of;  /* whose it is */
    char *part;
    size_t size;
};

static char bytes[LARGEST + 1]; /* what was read last, after what had come before */

/* Reads what there is into `bytes`; returns how much there is now, or -1 where the other side has hung up. */
static inline ssize_t read_line(struct line *line) {
    size_t had = line->size;
    if (had) memcpy(bytes, line->part, had);
    ssize_t count = recv(line->file, bytes + had, LARGEST - had, 0);
    if (count < 0 && errno == EAGAIN) return (ssize_t)had;
    return count <= 0 ? -1 : (ssize_t)had + count;
}

/* Keeps what is not whole yet. */
static inline void keep_part(struct line *line, const char *part, size_t size) {
    if (!size) {
        free(line->part);
        line->part = NULL;
    } else if (!(line->part = realloc(line->part, size))) give_up("memory");
    if (size) memcpy(line->part, part, size);
    line->size = size;
}

static inline void close_line(struct line *line) {
    if (line->file >= 0) close(line->file);
    line->file = -1;
    keep_part(line, NULL, 0);
}

/* Requests and frames are short, so a connection takes them whole or is of no use. */
static inline int send_whole(int file, const char *text, size_t size) {
    return send(file, text, size, MSG_NOSIGNAL) == (ssize_t)size ? 0 : -1;
}

static inline int send_text(int file, const char *text) {
    size_t size = strlen(text), head = size < 126 ? 6 : 8;
    char frame[512] = {'\x81', (char)(0x80 | size)}; /* the mask is zeros, which change nothing */
    if (size + head > sizeof frame) give_up("a message is too long");
    if (size >= 126) frame[1] = (char)(0x80 | 126), frame[2] = (char)(size >> 8), frame[3] = (char)size;
    memcpy(frame + head, text, size);
    return send_whole(file, frame, size + head);
}

struct answer {
    int status;
    char *head, *body; /* both end with a zero */
    size_t size;       /* of all of it */
};

/* 1 where the first of `bytes` are a whole answer, 0 where more has to come, -1 where it cannot be read. */
static inline int read_answer(size_t count, struct answer *answer) {
    bytes[count] = 0;
    char *end = strstr(bytes, "\r\n\r\n");
    if (!end) return 0;
    end[2] = 0; /* the head keeps the end of its last line */
    char *length = strcasestr(bytes, "\r\ncontent-length:");
    int bodiless = !strncmp(bytes + 9, "101", 3) || !strncmp(bytes + 9, "204", 3) || !strncmp(bytes + 9, "304", 3);
    end[2] = '\r';
    if (!bodiless && !length) return -1;
    answer->size = (size_t)(end + 4 - bytes) + (bodiless ? 0 : strtoul(length + 17, NULL, 10));
    if (answer->size > count) return 0;
    end[2] = 0;
    answer->status = atoi(bytes + 9);
    answer->head = bytes;
    answer->body = end + 4;
    return 1;
}

struct frame {
    int kind;
    char *text;
    size_t length, size;
};

static inline int read_frame(char *from, size_t count, struct frame *frame) {
    size_t head = 2;
    if (count < head) return 0;
    frame->kind = from[0] & 15;
    frame->length = from[1] & 127;
    if (frame->length > 125) {
        size_t digits = frame->length == 126 ? 2 : 8;
        if (count < (head += digits)) return 0;
        frame->length = 0;
        for (size_t digit = 2; digit < head; digit++) frame->length = frame->length << 8 | (unsigned char)from[digit];
    }
    frame->text = from + head;
    frame->size = head + frame->length;
    return frame->size <= count;
}

/* The number after a name in JSON, whatever the spaces; -1 where there is none. */
static inline long number_after(const char *json, const char *name) {
    const char *found = json ? strstr(json, name) : NULL;
    return found ? strtol(found + strlen(name), NULL, 10) : -1;
}
