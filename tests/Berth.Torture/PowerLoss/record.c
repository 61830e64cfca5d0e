// Preloaded into the server: writes down, in order, everything that it does to files below a directory, and makes reads fail on request.
//
// BERTH_RECORD_BELOW  the directory, absolute and without links
// BERTH_RECORD_TO     the record; not set: nothing is written down
// BERTH_RECORD_EIO    a directory: reading a file fails with EIO while a file of the same name is there; its length says from which byte on
//
// A call and its entry are made under one lock, so that the order of entries is the order of calls. Only syncs run beside others: their
// entry comes when they are done and says how long the record was when they began, for what was written later is not covered by them.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAX_FD = 65536 };
enum kind { OPEN = 1, WRITE = 2, TRUNCATE = 3, RENAME = 4, UNLINK = 5, MKDIR = 6, RMDIR = 7, SYNC = 8, UNKNOWN = 9 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char below[PATH_MAX];
static size_t below_length;
static const char *eio;
static int record = -1;
static uint64_t length; // of the record
static uint32_t opened; // ids given to open files
static uint32_t ids[MAX_FD]; // by descriptor; 0: not below the directory
static char *names[MAX_FD]; // last part of the path

static ssize_t (*real_pread)(int, void *, size_t, off_t);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_close)(int);

typedef void *(*lookup)(void *, const char *);

static lookup real_dlsym(void) {
  static lookup found;
  if (!found) found = (lookup)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
  if (!found) abort();
  return found;
}

static void *real(const char *name) { return real_dlsym()(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  real_pread = real("pread64");
  real_read = real("read");
  real_write = real("write");
  real_pwrite = real("pwrite64");
  real_close = real("close");
  const char *directory = getenv("BERTH_RECORD_BELOW"), *to = getenv("BERTH_RECORD_TO");
  eio = getenv("BERTH_RECORD_EIO");
  if (!directory) return;
  below_length = strlen(directory);
  memcpy(below, directory, below_length + 1);
  if (!to) return;
  record = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (record < 0) abort();
  struct stat status;
  if (fstat(record, &status)) abort();
  length = (uint64_t)status.st_size;
}

static void append(const void *bytes, size_t count) {
  const char *from = bytes;
  while (count > 0) {
    long done = syscall(SYS_write, record, from, count);
    if (done < 0) abort();
    from += done;
    count -= (size_t)done;
    length += (uint64_t)done;
  }
}

// An entry: kind, id, a number, and the length of the bytes that follow.
static void note(enum kind kind, uint32_t id, uint64_t number, const void *bytes, uint32_t count) {
  if (record < 0) return;
  char head[17];
  head[0] = (char)kind;
  memcpy(head + 1, &id, 4);
  memcpy(head + 5, &number, 8);
  memcpy(head + 13, &count, 4);
  append(head, sizeof head);
  append(bytes, count);
}

static void note_text(enum kind kind, uint32_t id, const char *text) { note(kind, id, 0, text, (uint32_t)strlen(text)); }

// The path below the directory, or NULL.
static const char *inside(int at, const char *path, char *space) {
  if (below_length == 0) return NULL;
  if (path[0] != '/') {
    char link[64];
    ssize_t got;
    if (at == AT_FDCWD) {
      if (!getcwd(space, PATH_MAX)) return NULL;
    } else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", at);
      if ((got = readlink(link, space, PATH_MAX - 1)) < 0) return NULL;
      space[got] = 0;
    }
    size_t used = strlen(space);
    snprintf(space + used, PATH_MAX - used, "/%s", path);
    path = space;
  }
  if (strncmp(path, below, below_length) || (path[below_length] != '/' && path[below_length] != 0)) return NULL;
  path += below_length;
  while (*path == '/') path++;
  return path;
}

static uint32_t id_of(int fd) { return fd >= 0 && fd < MAX_FD ? ids[fd] : 0; }

static void forget(int fd) {
  if (fd < 0 || fd >= MAX_FD) return;
  ids[fd] = 0;
  free(names[fd]);
  names[fd] = NULL;
}

static int open_noted(int at, const char *path, int flags, mode_t mode) {
  char space[PATH_MAX];
  const char *name = inside(at, path, space);
  if (!name) return (int)syscall(SYS_openat, at, path, flags, mode);
  pthread_mutex_lock(&lock);
  int fd = (int)syscall(SYS_openat, at, path, flags, mode), error = errno;
  if (fd >= MAX_FD) abort();
  if (fd >= 0) {
    forget(fd);
    ids[fd] = ++opened;
    const char *slash = strrchr(name, '/');
    names[fd] = strdup(slash ? slash + 1 : name);
    note(OPEN, ids[fd], (uint64_t)(unsigned)flags, name, (uint32_t)strlen(name));
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return fd;
}

#define MODE(flags)                                                                                                                         \
  mode_t mode = 0;                                                                                                                          \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                                                  \
    va_list more;                                                                                                                           \
    va_start(more, flags);                                                                                                                  \
    mode = va_arg(more, mode_t);                                                                                                            \
    va_end(more);                                                                                                                           \
  }
int open(const char *path, int flags, ...) { MODE(flags) return open_noted(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_noted(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return open_noted(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return open_noted(at, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return open_noted(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open_noted(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
  if (id_of(fd) == 0) return real_close(fd);
  pthread_mutex_lock(&lock);
  forget(fd);
  int result = real_close(fd), error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

static ssize_t written(int fd, const struct iovec *parts, int count, off_t offset, int at) {
  pthread_mutex_lock(&lock);
  if (!at) {
    int flags = fcntl(fd, F_GETFL);
    offset = lseek(fd, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
  }
  ssize_t done = at ? (ssize_t)syscall(SYS_pwritev, fd, parts, count, (long)offset, 0L) : (ssize_t)syscall(SYS_writev, fd, parts, count);
  int error = errno;
  off_t position = offset;
  size_t left = done > 0 ? (size_t)done : 0;
  for (int i = 0; i < count && left > 0; i++) {
    size_t part = parts[i].iov_len < left ? parts[i].iov_len : left;
    note(WRITE, ids[fd], (uint64_t)position, parts[i].iov_base, (uint32_t)part);
    position += (off_t)part;
    left -= part;
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  if (id_of(fd) == 0) return real_write(fd, bytes, count);
  struct iovec part = {(void *)(uintptr_t)bytes, count};
  return written(fd, &part, 1, 0, 0);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
  if (id_of(fd) == 0) return real_pwrite(fd, bytes, count, offset);
  struct iovec part = {(void *)(uintptr_t)bytes, count};
  return written(fd, &part, 1, offset, 1);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
  return id_of(fd) == 0 ? (ssize_t)syscall(SYS_writev, fd, parts, count) : written(fd, parts, count, 0, 0);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset) {
  return id_of(fd) == 0 ? (ssize_t)syscall(SYS_pwritev, fd, parts, count, (long)offset, 0L) : written(fd, parts, count, offset, 1);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) { return pwritev64(fd, parts, count, offset); }

int ftruncate64(int fd, off_t to) {
  if (id_of(fd) == 0) return (int)syscall(SYS_ftruncate, fd, to);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_ftruncate, fd, to), error = errno;
  if (result == 0) note(TRUNCATE, ids[fd], (uint64_t)to, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
int ftruncate(int fd, off_t to) { return ftruncate64(fd, to); }

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  char space[PATH_MAX], other[PATH_MAX], both[2 * PATH_MAX];
  const char *old = inside(from_at, from, space), *new = inside(to_at, to, other);
  if (!old && !new) return (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags), error = errno;
  if (result == 0) {
    int used = snprintf(both, sizeof both, "%s\n%s", old ? old : "", new ? new : "");
    note(old && new && !flags ? RENAME : UNKNOWN, 0, 0, both, (uint32_t)used);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return renameat2(from_at, from, to_at, to, 0); }

static int named(enum kind kind, int at, const char *path, long call, long third) {
  char space[PATH_MAX];
  const char *name = inside(at, path, space);
  if (!name) return (int)syscall(call, at, path, third);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(call, at, path, third), error = errno;
  if (result == 0) note_text(kind, 0, name);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
int unlinkat(int at, const char *path, int flags) {
  return named(flags & AT_REMOVEDIR ? RMDIR : UNLINK, at, path, SYS_unlinkat, flags);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int mkdirat(int at, const char *path, mode_t mode) { return named(MKDIR, at, path, SYS_mkdirat, (long)mode); }
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

// What the replay does not know is said, so that it cannot be overlooked.
int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
  char space[PATH_MAX];
  const char *name = inside(to_at, to, space);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_linkat, from_at, from, to_at, to, flags), error = errno;
  if (name && result == 0) note_text(UNKNOWN, 0, name);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

static int unknown(int fd, const char *what) {
  if (id_of(fd) == 0) return 0;
  pthread_mutex_lock(&lock);
  note_text(UNKNOWN, ids[fd], what);
  pthread_mutex_unlock(&lock);
  return 0;
}
int fallocate64(int fd, int mode, off_t offset, off_t count) {
  unknown(fd, "fallocate");
  return (int)syscall(SYS_fallocate, fd, mode, offset, count);
}
int fallocate(int fd, int mode, off_t offset, off_t count) { return fallocate64(fd, mode, offset, count); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
  unknown(out, "copy_file_range");
  return (ssize_t)syscall(SYS_copy_file_range, in, from, out, to, count, flags);
}

static int synced(int fd, long call) {
  if (id_of(fd) == 0) return (int)syscall(call, fd);
  pthread_mutex_lock(&lock);
  uint32_t id = ids[fd];
  uint64_t before = length;
  pthread_mutex_unlock(&lock);
  int result = (int)syscall(call, fd), error = errno;
  if (result == 0) {
    pthread_mutex_lock(&lock);
    note(SYNC, id, before, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  errno = error;
  return result;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

// Whether a read that ends at this byte is to fail.
static int fails(int fd, off_t end) {
  if (!eio || id_of(fd) == 0) return 0;
  char path[PATH_MAX];
  struct stat status;
  pthread_mutex_lock(&lock);
  snprintf(path, sizeof path, "%s/%s", eio, names[fd] ? names[fd] : "");
  pthread_mutex_unlock(&lock);
  return stat(path, &status) == 0 && S_ISREG(status.st_mode) && end > status.st_size;
}
ssize_t pread64(int fd, void *bytes, size_t count, off_t offset) {
  if (fails(fd, offset + (off_t)count)) return errno = EIO, -1;
  return real_pread(fd, bytes, count, offset);
}
ssize_t pread(int fd, void *bytes, size_t count, off_t offset) { return pread64(fd, bytes, count, offset); }
ssize_t read(int fd, void *bytes, size_t count) {
  if (eio && id_of(fd) != 0 && fails(fd, lseek(fd, 0, SEEK_CUR) + (off_t)count)) return errno = EIO, -1;
  return real_read(fd, bytes, count);
}
ssize_t preadv64(int fd, const struct iovec *parts, int count, off_t offset) {
  if (fails(fd, offset + 1)) return errno = EIO, -1;
  return (ssize_t)syscall(SYS_preadv, fd, parts, count, (long)offset, 0L);
}
ssize_t preadv(int fd, const struct iovec *parts, int count, off_t offset) { return preadv64(fd, parts, count, offset); }

// A program that asks libc by name for one of these must find them here too.
#define OWN(name) {#name, (void *)(uintptr_t)name}
static const struct {
  const char *name;
  void *function;
} own[] = {
    OWN(open), OWN(open64), OWN(openat), OWN(openat64), OWN(creat), OWN(creat64), OWN(close), OWN(write), OWN(pwrite), OWN(pwrite64), OWN(writev),
    OWN(pwritev), OWN(pwritev64), OWN(ftruncate), OWN(ftruncate64), OWN(rename), OWN(renameat), OWN(renameat2), OWN(unlink), OWN(unlinkat),
    OWN(rmdir), OWN(mkdir), OWN(mkdirat), OWN(link), OWN(linkat), OWN(fallocate), OWN(fallocate64), OWN(copy_file_range), OWN(fsync),
    OWN(fdatasync), OWN(read), OWN(pread), OWN(pread64), OWN(preadv), OWN(preadv64),
};
void *dlsym(void *handle, const char *name) {
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (!strcmp(own[i].name, name)) return own[i].function;
  return real_dlsym()(handle, name);
}
