/*
 * What SlotBenchmark compares with: the least that running a guest and resetting it can take. A guest at level 3 writes
 * to a number of pages and leaves by a port; the host sets its registers, runs it, and copies the pages back.
 *
 * Usage: bare_loop PAGES [ROUNDS], or a number of rounds per line of standard input; answers with that many lines of
 * nanoseconds. With 0 pages the guest does nothing but leave, again and again, and nothing is reset: what an exit and
 * back takes. Built by SlotBenchmark with: cc -O2
 */
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>

#define CHECK(call) ({ long r = (long)(call); if (r == -1) { perror(#call); exit(1); } r; })
#define MEMORY (16 << 20)
#define TABLES (1 << 20)
#define CODE 0x8000
#define LINEAR 0x100000000

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static void map(int vm, int slot, uint64_t guest, void *host, uint64_t size) {
  struct kvm_userspace_memory_region region = {
      .slot = slot, .guest_phys_addr = guest, .memory_size = size, .userspace_addr = (uint64_t)host};
  CHECK(ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region));
}

int main(int argc, char **argv) {
  uint32_t pages = atoi(argv[1]);
  int kvm = CHECK(open("/dev/kvm", O_RDWR | O_CLOEXEC));
  int vm = CHECK(ioctl(kvm, KVM_CREATE_VM, 0));
  uint8_t *system = mmap(0, TABLES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int file = CHECK(memfd_create("image", 0));
  CHECK(ftruncate(file, MEMORY));
  uint8_t *image = mmap(0, MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  memset(image, 0x5a, MEMORY);
  uint8_t *linear = mmap(0, MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  map(vm, 0, 0, system, TABLES);
  map(vm, 1, 1ull << 30, linear, MEMORY);

  uint64_t *root = (void *)(system + 0x1000), *pointers = (void *)(system + 0x2000);
  uint64_t *low = (void *)(system + 0x3000), *high = (void *)(system + 0x4000);
  root[0] = 0x2007;
  pointers[0] = 0x3007;
  pointers[4] = 0x4007;
  low[0] = 0x87;
  for (int i = 0; i < MEMORY >> 21; i++) high[i] = (1ull << 30) + ((uint64_t)i << 21) | 0x87;

  int cpu = CHECK(ioctl(vm, KVM_CREATE_VCPU, 0));
  struct kvm_run *run = mmap(0, CHECK(ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0)), PROT_READ | PROT_WRITE, MAP_SHARED, cpu, 0);
  struct {
    struct kvm_cpuid2 head;
    struct kvm_cpuid_entry2 entries[256];
  } *cpuid = calloc(1, sizeof *cpuid);
  cpuid->head.nent = 256;
  CHECK(ioctl(kvm, KVM_GET_SUPPORTED_CPUID, cpuid));
  CHECK(ioctl(cpu, KVM_SET_CPUID2, cpuid));
  struct kvm_sregs s;
  CHECK(ioctl(cpu, KVM_GET_SREGS, &s));
  s.cr3 = 0x1000;
  s.cr4 = 0x40620;
  s.cr0 = 0x80010033;
  s.efer = 0x500;
  s.cs = (struct kvm_segment){.limit = -1, .selector = 0x2b, .present = 1, .type = 11, .dpl = 3, .s = 1, .l = 1, .g = 1};
  s.ds = (struct kvm_segment){.limit = -1, .selector = 0x33, .present = 1, .type = 3, .dpl = 3, .s = 1, .db = 1, .g = 1};
  s.es = s.fs = s.gs = s.ss = s.ds;
  CHECK(ioctl(cpu, KVM_SET_SREGS, &s));

  /* mov ecx, pages; mov rdx, rbx; l: mov [rdx], ecx; add rdx, 4096; dec ecx; jnz l; out 0x10, eax */
  uint8_t code[] = {0xb9, 0, 0, 0, 0, 0x48, 0x89, 0xda, 0x89, 0x0a, 0x48, 0x81, 0xc2, 0, 0x10, 0, 0, 0xff, 0xc9, 0x75, 0xf3, 0xe7, 0x10};
  memcpy(code + 1, &pages, 4);
  uint8_t exits[] = {0xe7, 0x10, 0xeb, 0xfc}; /* l: out 0x10, eax; jmp l */
  memcpy(system + CODE, pages ? code : exits, pages ? sizeof code : sizeof exits);
  struct kvm_regs regs = {.rip = CODE, .rflags = 0x3002, .rsp = 0x10000, .rbx = LINEAR};

  long rounds = argc > 2 ? atol(argv[2]) : 0;
  while (rounds > 0 || scanf("%ld", &rounds) == 1) {
    for (long i = 0; i < rounds; i++) {
      int64_t start = now();
      if (pages || i == 0) CHECK(ioctl(cpu, KVM_SET_REGS, &regs));
      CHECK(ioctl(cpu, KVM_RUN, 0));
      memcpy(linear, image, (size_t)pages * 4096);
      int64_t end = now();
      if (run->exit_reason != KVM_EXIT_IO) return fprintf(stderr, "exit %d\n", run->exit_reason), 1;
      printf("%ld\n", (long)(end - start));
    }
    fflush(stdout);
    rounds = 0;
    if (argc > 2) return 0;
  }
}
