package io.tributary.host.journal;

import io.tributary.model.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads devices from their rows.
final class DeviceReads implements Devices {

    private final ReadPool pool;

    DeviceReads(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public Optional<Device> find(AccountId account, String device) {
        return pool.read(sql ->
                sql.first(
                        "select socket, epoch, online, seen_at from device"
                                + " where account = ? and device = ?",
                        columns ->
                                new Device(
                                        account,
                                        device,
                                        columns.text(),
                                        columns.number(),
                                        columns.flag(),
                                        columns.instant()),
                        account,
                        device));
    }

    @Override
    public Optional<String> of(AccountId account, String address) {
        return pool.read(sql ->
                sql.first(
                        "select device from device_address where account = ? and address = ?",
                        Columns::text,
                        account,
                        address));
    }

    @Override
    public List<Place> cameElsewhere(long epoch, Instant since) {
        return pool.read(sql ->
                sql.list(
                        "select account, device, socket from device"
                                + " where seen_at >= ? and epoch <> ? and online = 1",
                        columns ->
                                new Place(
                                        AccountId.of(columns.text()),
                                        columns.text(),
                                        columns.text()),
                        since,
                        epoch));
    }
}
