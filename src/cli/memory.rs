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

/// How often freed memory goes back to the system.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const EVERY: std::time::Duration = std::time::Duration::from_secs(30);

/// Gives what was freed back to the system now and then, on a thread that does nothing else: the library by itself keeps all
/// below the last piece in use, which after two hundred sign-ins is half of what a server holds (docs/performance.md).
///
/// # Errors
/// When the system gives no thread.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn give_back() -> std::io::Result<()> {
    let thread = std::thread::Builder::new().name("memory".into()).stack_size(64 * 1024);
    thread.spawn(|| {
        loop {
            std::thread::sleep(EVERY);
            // SAFETY: takes a number and no pointer, and locks each arena while it works on it.
            unsafe { libc::malloc_trim(0) };
        }
    })?;
    Ok(())
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn few_arenas() {}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_back() -> std::io::Result<()> {
    Ok(())
}
