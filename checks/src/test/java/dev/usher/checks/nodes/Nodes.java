package dev.usher.checks.nodes;

import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import java.util.List;

/** Server processes on one database. */
final class Nodes implements AutoCloseable {
    private final List<RunningUsher> all;

    private Nodes(List<RunningUsher> all) {
        this.all = all;
    }

    /** Starts so many at once on an empty database. */
    static Nodes start(int count, String databaseUrl, String yaml) {
        return new Nodes(Crowd.of(
                count,
                i -> () -> RunningUsher.around(
                        UsherProcess.plan().postgres(databaseUrl).config(yaml).start())));
    }

    RunningUsher node(int index) {
        return all.get(index % all.size());
    }

    List<RunningUsher> all() {
        return all;
    }

    void assertClean() {
        all.forEach(node -> node.witness().assertClean());
    }

    @Override
    public void close() {
        all.forEach(node -> node.process().close());
    }
}
