package dev.usher.checks.harness;

import java.util.List;

/** Server processes on one database. */
public final class Nodes implements AutoCloseable {
    private final List<RunningUsher> all;

    private Nodes(List<RunningUsher> all) {
        this.all = all;
    }

    /** Starts so many at once on an empty database. */
    public static Nodes start(int count, String databaseUrl, String yaml) {
        return new Nodes(Crowd.of(
                count,
                i -> () -> RunningUsher.around(
                        UsherProcess.plan().postgres(databaseUrl).config(yaml).start())));
    }

    public RunningUsher node(int index) {
        return all.get(index % all.size());
    }

    public List<RunningUsher> all() {
        return all;
    }

    public void assertClean() {
        all.forEach(node -> node.witness().assertClean());
    }

    @Override
    public void close() {
        all.forEach(node -> node.process().close());
    }
}
