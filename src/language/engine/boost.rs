//! The means to compile plain code for wide vector instructions.
//!
//! In: a function. Out: the same function, several times as fast where the
//! machine allows (see "Speed" in `docs/model.md`). The only unsafe act is to
//! call code compiled for instructions that have just been found present.

/// Defines a function that is compiled three times: plainly, for AVX2 and for
/// AVX-512, and that runs the best one of the machine. The compiler never
/// fuses or reorders operations on numbers, so the bits are the same.
macro_rules! boosted {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),* $(,)?) $(-> $result:ty)? $body:block) => {
        $(#[$doc])*
        #[allow(unsafe_code, clippy::too_many_arguments)]
        fn $name($($arg: $type),*) $(-> $result)? {
            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn plain($($arg: $type),*) $(-> $result)? $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                #[allow(clippy::too_many_arguments)]
                fn with_256($($arg: $type),*) $(-> $result)? { plain($($arg),*) }
                #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq")]
                #[allow(clippy::too_many_arguments)]
                fn with_512($($arg: $type),*) $(-> $result)? { plain($($arg),*) }
                if $crate::language::engine::kernel::Level::Avx512.present() {
                    // SAFETY: the instructions are there; the code itself is safe.
                    return unsafe { with_512($($arg),*) };
                }
                if $crate::language::engine::kernel::Level::Avx2.present() {
                    // SAFETY: the instructions are there; the code itself is safe.
                    return unsafe { with_256($($arg),*) };
                }
            }
            plain($($arg),*)
        }
    };
}
pub(crate) use boosted;
