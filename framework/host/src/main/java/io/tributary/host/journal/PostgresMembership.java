package io.tributary.host.journal;

import io.tributary.model.AccountId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Members in their tables. Heartbeats go over a connection of their own, so that nothing else
/// holds them up; see `beat_v1`.
final class PostgresMembership implements Membership, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME_TAKEN = "TR004";
    private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000000)::bigint";

    private final ReadPool.Source heartbeats;
    private final ReadPool pool;
    private @Nullable Sql connection;

    PostgresMembership(ReadPool.Source heartbeats, ReadPool pool) {
        this.heartbeats = heartbeats;
        this.pool = pool;
    }

    @Override
    public Told beat(Self self, Pulse pulse) throws NameTaken {
        String said = said(self, pulse);
        return told(JSON.readTree(asked("select beat_v1(?::jsonb)", said)));
    }

    @Override
    public boolean agrees(List<String> marks) {
        try {
            // hex digits
            return asked("select agree_v1(string_to_array(?, ','))::text", String.join(",", marks))
                    .equals("true");
        } catch (NameTaken impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void leave(long run) {
        try {
            asked("select leave_v1(?)::text", run);
        } catch (NameTaken impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private synchronized String asked(String text, Object value) throws NameTaken {
        try {
            Sql sql = connection();
            return sql.first(text, Columns::text, value).orElseThrow();
        } catch (SQLException e) {
            close();
            if (NAME_TAKEN.equals(e.getSQLState())) {
                throw new NameTaken(PostgresFailure.message(e));
            }
            throw new JournalUnavailable(
                    "the member could not be heard: " + heartbeats.judge(e), e);
        }
    }

    private Sql connection() throws SQLException {
        Sql known = connection;
        if (known == null) {
            known = heartbeats.open();
            connection = known;
        }
        return known;
    }

    private static String said(Self self, Pulse pulse) {
        ObjectNode said = JSON.createObjectNode();
        said.put("id", self.run());
        said.put("name", self.name());
        said.put("home", self.home());
        said.put("version", self.version());
        said.put("url", pulse.url());
        said.put("state", pulse.state().name());
        said.put("detail", String.join("\n", pulse.lacks()));
        said.put("grid", pulse.grid());
        said.put("lasts", micros(pulse.lasts()));
        said.put("patience", micros(pulse.patience()));
        said.put("settled", micros(pulse.settled()));
        var accounts = pulse.accounts();
        if (accounts != null) {
            ObjectNode able = said.putObject("accounts");
            accounts.forEach((account, slots) -> able.put(account.value(), slots));
        }
        var returned = said.putArray("returned");
        for (Slot slot : pulse.returned()) {
            returned.addArray().add(slot.account().value()).add(slot.number()).add(slot.epoch());
        }
        return JSON.writeValueAsString(said);
    }

    private static Told told(JsonNode answer) {
        return new Told(
                answer.required("lost").booleanValue(),
                slots(answer.required("slots")),
                slots(answer.required("leave")));
    }

    private static List<Slot> slots(JsonNode list) {
        List<Slot> slots = new ArrayList<>();
        for (JsonNode each : list) {
            slots.add(
                    new Slot(
                            new AccountId(each.required(0).stringValue()),
                            each.required(1).intValue(),
                            each.required(2).longValue()));
        }
        return slots;
    }

    private record Owned(long owner, Slot slot) {}

    @Override
    public List<Member> all() {
        return pool.readAtOnce(sql -> {
            List<Owned> owned =
                    sql.list(
                            "select owner, account, number, epoch from slot where owner <> 0"
                                    + " order by account, number",
                            columns ->
                                    new Owned(
                                            columns.number(),
                                            new Slot(
                                                    columns.account(),
                                                    columns.smallNumber(),
                                                    columns.number())));
            return sql.list(
                    "select id, name, version, url, state, detail, grid, began_at, heard_at - "
                            + NOW
                            + ", until - "
                            + NOW
                            + " from member order by name",
                    columns -> member(columns, owned));
        });
    }

    private static Member member(Columns columns, List<Owned> owned) throws SQLException {
        long run = columns.number();
        return new Member(
                run,
                columns.text(),
                columns.text(),
                columns.text(),
                state(columns.text()),
                columns.text().lines().toList(),
                columns.text(),
                columns.instant(),
                span(-columns.number()),
                span(columns.number()),
                slots(owned.stream(), run));
    }

    private static List<Slot> slots(Stream<Owned> owned, long run) {
        return owned.filter(each -> each.owner() == run).map(Owned::slot).toList();
    }

    /// A later version may know more of them.
    private static State state(String name) {
        return Stream.of(State.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(State.UNREADY);
    }

    private static Duration span(long micros) {
        return Duration.ofNanos(Math.multiplyExact(micros, 1_000));
    }

    private static long micros(Duration span) {
        return span.toNanos() / 1_000;
    }

    @Override
    public boolean lives(long run) {
        return pool.read(
                sql -> sql.any("select 1 from member where id = ? and until > " + NOW, run));
    }

    @Override
    public synchronized void close() {
        Sql open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                // it is of no use any more
            }
        }
    }
}
