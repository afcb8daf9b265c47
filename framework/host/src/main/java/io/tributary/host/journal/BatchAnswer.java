package io.tributary.host.journal;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `append_v1` answered: what became of each unit of a batch.
///
/// @param head the last position of the log then
/// @param anyParked whether anything waited for its reference then
/// @param units as answered, in the order of the batch
record BatchAnswer(long head, boolean anyParked, JsonNode units) {

    private static final JsonMapper JSON = new JsonMapper();

    static BatchAnswer read(String text) {
        JsonNode answer = JSON.readTree(text);
        return new BatchAnswer(
                answer.required("head").longValue(),
                answer.required("parked").booleanValue(),
                answer.required("u"));
    }

    List<Commit> commits(List<Prepared> batch) {
        List<Commit> commits = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            commits.add(commit(batch.get(i), units.required(i)));
        }
        return commits;
    }

    private static Commit commit(Prepared unit, JsonNode answer) {
        JsonNode stale = answer.get("s");
        if (stale != null) {
            int item = stale.required(0).intValue();
            int expectation = stale.required(1).intValue();
            return new Commit.Stale(item, unit.items.get(item).item.expects().get(expectation));
        }
        List<Commit.Result> results = new ArrayList<>();
        for (JsonNode result : answer.required("d")) {
            long first = result.required(0).longValue();
            int count = result.required(1).intValue();
            results.add(
                    result.has(2)
                            ? new Commit.Result.Duplicate(first, count)
                            : new Commit.Result.Stored(first, count));
        }
        return new Commit.Done(results);
    }

    /// The interactions that were stored, in order of position.
    List<Row> rows(List<Prepared> batch) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            JsonNode results = units.required(i).get("d");
            for (int n = 0; results != null && n < results.size(); n++) {
                if (!results.required(n).has(2)) {
                    add(batch.get(i).items.get(n), results.required(n), rows);
                }
            }
        }
        return rows;
    }

    private static void add(Prepared.Ready item, JsonNode result, List<Row> rows) {
        long position = result.required(0).longValue();
        List<Change> changes = item.item.changes();
        for (int c = 0; c < changes.size(); c++) {
            if (changes.get(c) instanceof Change.Append) {
                InteractionRow row = (InteractionRow) item.prepared(c);
                row.place(position, null);
                rows.add(row.row());
                position++;
            }
        }
    }
}
