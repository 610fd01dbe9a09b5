//! How much freed memory the program holds on to. Stands between its threads and the C library's allocator, which by itself
//! makes every thread an arena of its own, eight for each processor, and gives none back.

/// As many arenas as processors: a server at rest holds a third less (docs/performance.md). To be called before there are
/// threads.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn few_arenas() {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let most = libc::c_int::try_from(processors).unwrap_or(libc::c_int::MAX);
    // SAFETY: takes two numbers and no pointer; there is no other thread yet that could be allocating.
    if unsafe { libc::mallopt(libc::M_ARENA_MAX, most) } == 0 {
        log::debug!("the allocator takes no bound on its arenas");
    }
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn few_arenas() {}
