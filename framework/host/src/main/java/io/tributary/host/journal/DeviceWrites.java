package io.tributary.host.journal;

import java.sql.SQLException;
import java.time.Duration;

/// Writes which devices there are and who is reached through them.
final class DeviceWrites {

    /// The time of a row that stays the same is written once in a while only.
    static final Duration AS_GOOD_AS_NOW = Duration.ofHours(12);

    private final Sql sql;

    DeviceWrites(Sql sql) {
        this.sql = sql;
    }

    void came(Change.DeviceCame came) throws SQLException {
        sql.update(
                "insert into device (account, device, socket, epoch, online, seen_at)"
                        + " values (?,?,?,?,1,?) on conflict (account, device) do update set"
                        + " socket = excluded.socket, epoch = excluded.epoch, online = 1,"
                        + " seen_at = excluded.seen_at",
                came.account(),
                came.device(),
                came.socket(),
                came.epoch(),
                came.at());
    }

    /// Nothing where another socket has taken its place.
    void went(Change.DeviceWent went) throws SQLException {
        sql.update(
                "update device set online = 0, seen_at = ?"
                        + " where account = ? and device = ? and socket = ?",
                went.at(),
                went.account(),
                went.device(),
                went.socket());
    }

    void reach(Change.ReachThrough reach) throws SQLException {
        sql.update(
                "insert into device_address (account, address, device, seen_at) values (?,?,?,?)"
                        + " on conflict (account, address) do update set"
                        + " device = excluded.device, seen_at = excluded.seen_at"
                        + " where device <> excluded.device or seen_at < ?",
                reach.account(),
                reach.address(),
                reach.device(),
                reach.at(),
                reach.at().minus(AS_GOOD_AS_NOW));
    }
}
