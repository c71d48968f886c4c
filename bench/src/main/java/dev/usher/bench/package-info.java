/** Measures the packaged server from outside, beside the bare signature on the same machine in the same minute. */
@NullMarked
package dev.usher.bench;

import org.jspecify.annotations.NullMarked;
