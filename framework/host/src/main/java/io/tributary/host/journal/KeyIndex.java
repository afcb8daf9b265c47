package io.tributary.host.journal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the row of a hash in a table that is written in order of time.
///
/// A tree sorted by hashes is touched at another page by each new key, and pages are what a commit
/// costs. So new keys wait in memory, and go into the tree sorted, many to a page: they gather in
/// `young`; when it is full it becomes `old`, which is put into the tree piece by piece, in the
/// commits of the units that come meanwhile. How far the tree has got is kept in the log's row;
/// what it lacks is read back from the table at the next opening.
///
/// Written on the writer's thread; [#waiting] is for any thread.
final class KeyIndex {

    /// Keys that gather before they are sorted in: about 6 MB of memory, and a tenth of a second at
    /// the next opening.
    static final int YOUNG = 65_536;

    private static final int[] PROBES = {64, 16, 4, 1};

    private final String table;
    private final String tree;
    private final String dropping;
    private final int capacity;
    private final BulkInsert<KeyTable.Entry> insertion;
    private final List<String> probes = new ArrayList<>();

    private volatile KeyTable young;
    private volatile KeyTable old = new KeyTable(0);
    private List<KeyTable.Entry> sorted = List.of();
    private int sortedIn;
    private int staged;
    private long oldUpTo;
    private long youngUpTo;
    private long inTree;

    /// @param table `once` or `reference`; its tree is named after it
    KeyIndex(Sql sql, String table, int capacity) {
        this.table = table;
        this.tree = table + "_by_hash";
        this.capacity = capacity;
        this.young = new KeyTable(capacity);
        this.insertion =
                new BulkInsert<>(
                        sql, "insert or ignore into " + tree + " (hash, id)", 2, KeyIndex::bind);
        this.dropping = "delete from " + table + " where id = ?";
        for (int size : PROBES) {
            probes.add("select hash, id from " + tree + " where hash in " + Sql.placeholders(size));
        }
    }

    private static void bind(PreparedStatement statement, int before, KeyTable.Entry entry)
            throws SQLException {
        statement.setBytes(before + 1, entry.hash().bytes());
        statement.setLong(before + 2, entry.id());
    }

    /// Reads back what the tree lacks.
    void load(Sql sql, long sortedUpTo) throws SQLException {
        inTree = sortedUpTo;
        oldUpTo = sortedUpTo;
        youngUpTo = sortedUpTo;
        sql.list(
                "select hash, id from " + table + " where id > ? order by id",
                columns -> {
                    Hash hash = Hash.of(columns.array());
                    long id = columns.number();
                    young.putIfAbsent(hash, id);
                    youngUpTo = id;
                    return id;
                },
                sortedUpTo);
    }

    /// The greatest id that was ever given, as far as the table knows.
    long lastId(Sql sql) throws SQLException {
        return Math.max(inTree, sql.number(0, "select max(id) from " + table));
    }

    /// The id under which a hash waits for the tree; 0: it does not.
    ///
    /// Look here first and into the tree second: what leaves here is in the tree before.
    long waiting(Hash hash) {
        // young before old, as turn() sets them the other way round; but the older one counts
        long later = young.find(hash);
        long earlier = old.find(hash);
        return earlier == 0 ? later : earlier;
    }

    /// Looks many hashes up in the tree at once.
    Map<Hash, Long> inTree(Sql sql, List<Hash> hashes) throws SQLException {
        Map<Hash, Long> found = new HashMap<>();
        int done = 0;
        for (int i = 0; i < PROBES.length; i++) {
            while (hashes.size() - done >= PROBES[i]) {
                PreparedStatement statement = sql.statement(probes.get(i));
                for (int at = 0; at < PROBES[i]; at++) {
                    statement.setBytes(at + 1, hashes.get(done + at).bytes());
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.put(Hash.of(rows.getBytes(1)), rows.getLong(2));
                    }
                }
                done += PROBES[i];
            }
        }
        return found;
    }

    /// Puts a piece of what waits into the tree, in the running transaction: somewhat more than
    /// comes, so that `old` is done before `young` is full.
    ///
    /// @param coming how many keys this transaction brings
    void sortIn(Sql sql, int coming) throws SQLException {
        staged = 0;
        if (sortedIn == sorted.size() || coming == 0) {
            return;
        }
        staged = Math.min(sorted.size() - sortedIn, coming + coming / 4 + 1);
        List<KeyTable.Entry> now = sorted.subList(sortedIn, sortedIn + staged);
        if (insertion.insert(now) < staged) {
            dropWithoutEffect(sql, now);
        }
    }

    /// The tree keeps the first row of a hash. A later one was without effect while it waited; it
    /// would be taken for one that the tree lacks, when the first one goes. Most often nothing is
    /// to be dropped: after an opening, what had got there before the end is put in once more.
    private void dropWithoutEffect(Sql sql, List<KeyTable.Entry> entries) throws SQLException {
        Map<Hash, Long> kept = inTree(sql, entries.stream().map(KeyTable.Entry::hash).toList());
        for (KeyTable.Entry entry : entries) {
            if (kept.getOrDefault(entry.hash(), 0L) != entry.id()) {
                sql.update(dropping, entry.id());
            }
        }
    }

    /// Up to which id the tree is complete when the running transaction is committed.
    long sortedUpTo() {
        return sortedIn + staged == sorted.size() ? oldUpTo : inTree;
    }

    /// The transaction is committed: its keys can be found from now on.
    void committed(Collection<? extends KeyRow> rows) {
        sortedIn += staged;
        staged = 0;
        for (KeyRow row : rows) {
            young.putIfAbsent(row.hash(), row.id());
            youngUpTo = row.id();
        }
        if (sortedIn == sorted.size()) {
            inTree = oldUpTo;
            old = new KeyTable(0);
            if (young.size() >= capacity) {
                turn();
            }
        }
    }

    void rolledBack() {
        staged = 0;
    }

    /// Forgets hashes whose rows and places in the tree are deleted.
    void forget(Collection<Hash> hashes) {
        for (Hash hash : hashes) {
            young.remove(hash);
            old.remove(hash);
        }
        if (!sorted.isEmpty()) {
            var gone = java.util.Set.copyOf(hashes);
            var rest = new ArrayList<KeyTable.Entry>(sorted.size() - sortedIn);
            for (KeyTable.Entry entry : sorted.subList(sortedIn, sorted.size())) {
                if (!gone.contains(entry.hash())) {
                    rest.add(entry);
                }
            }
            sorted = rest;
            sortedIn = 0;
        }
    }

    /// `old` is set first: a reader that looks into the new `young` finds the key there afterwards.
    private void turn() {
        KeyTable full = young;
        sorted = full.sorted();
        old = full;
        young = new KeyTable(capacity);
        sortedIn = 0;
        oldUpTo = youngUpTo;
    }
}
