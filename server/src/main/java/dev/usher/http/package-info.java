/** The edge: listener, limits, versions, origins and CORS, form decoding, envelopes, errors. Refuses to know any feature. */
@NullMarked
package dev.usher.http;

import org.jspecify.annotations.NullMarked;
