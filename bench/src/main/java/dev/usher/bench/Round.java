package dev.usher.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A measured piece of load, with the CPU that it cost the server and the processes of the database, for each answer. */
record Round(Load.Result load, double serverMicros, double databaseMicros) {
    /** As fast as answers come. */
    static Round closed(ServerUnderTest server, StoreUnderTest store, Load load, Duration time)
            throws InterruptedException, ExecutionException {
        Duration serverBefore = server.cpu();
        Duration databaseBefore = store.cpu();
        Load.Result result = load.closed(time);
        return new Round(
                result,
                micros(server.cpu().minus(serverBefore), result),
                micros(store.cpu().minus(databaseBefore), result));
    }

    private static double micros(Duration cpu, Load.Result result) {
        return cpu.toNanos() / 1000.0 / Math.max(1, result.answers());
    }

    /** Warms up by the number of answers, since a busy machine takes longer until the compiler has done its work. */
    static void warmUp(Load load, int answers, Duration most) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + most.toNanos();
        int count = 0;
        while (count < answers && System.nanoTime() < end)
            count += load.closed(Duration.ofSeconds(1)).answers();
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return middle(rounds.stream().mapToDouble(figure).toArray());
    }

    static double middle(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    double perSecond() {
        return load.perSecond();
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("per_second", rounded(perSecond()))
                .put("server_cpu_micros", rounded(serverMicros))
                .put("database_cpu_micros", rounded(databaseMicros))
                .put("p50_ms", load.percentileMillis(50))
                .put("p99_ms", load.percentileMillis(99));
    }

    /** To two decimal places. */
    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
