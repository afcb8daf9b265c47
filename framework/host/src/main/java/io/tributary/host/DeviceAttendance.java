package io.tributary.host;

import io.tributary.host.cluster.Attendance;
import io.tributary.host.cluster.Who;
import io.tributary.host.devices.Comings;
import io.tributary.model.AccountId;

/// Counts devices among those who are connected.
record DeviceAttendance(Attendance attendance) implements Comings {

    @Override
    public void came(AccountId account, String device) {
        attendance.came(new Who.Device(account, device));
    }

    @Override
    public void went(AccountId account, String device) {
        attendance.went(new Who.Device(account, device));
    }
}
