/** Figures for Prometheus and traces for OpenTelemetry. Loaded only when asked for; refuses to know any request's content. */
@NullMarked
package dev.usher.observe;

import org.jspecify.annotations.NullMarked;
