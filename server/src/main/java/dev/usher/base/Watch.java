package dev.usher.base;

import java.util.Optional;
import java.util.function.Function;

/** Sees what is done and how long it takes; {@link #NONE} sees nothing, and costs nothing. */
public interface Watch {
    /** What a request is made of, as far as it takes time. */
    enum Part {
        READ,
        GLANCE,
        WRITE,
        SIGNATURE,
        HASH
    }

    /** Something under way; closing it, in the thread that began it, ends it. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /** A request under way. */
    interface Asked {
        /** The trace that the request belongs to, where it belongs to one. */
        Optional<String> traceId();

        /**
         * In the thread that took the request.
         *
         * @param operation method and pattern, never the path itself; empty where there is none
         */
        void answered(String method, String operation, int status);
    }

    Running begin(Part part);

    /**
     * A request begins.
     *
     * @param header the first value of a header, by its name in lower case
     */
    Asked asked(Function<String, Optional<String>> header);

    Watch NONE = new Watch() {
        private final Running nothing = () -> {};
        private final Asked nobody = new Asked() {
            @Override
            public Optional<String> traceId() {
                return Optional.empty();
            }

            @Override
            public void answered(String method, String operation, int status) {
                // Nobody watches.
            }
        };

        @Override
        public Running begin(Part part) {
            return nothing;
        }

        @Override
        public Asked asked(Function<String, Optional<String>> header) {
            return nobody;
        }
    };
}
