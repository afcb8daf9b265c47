package io.tributary.kiosk;

import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/// What all sessions of an account have in common.
///
/// @param welcome what a device is told when it has booted
/// @param checkIns what is kept of a check-in
/// @param asking places of calls that wait for devices
record Means(
        Devices devices,
        Outgoing outgoing,
        Welcome welcome,
        InstantSource clock,
        LiveSessions live,
        CheckIns checkIns,
        Semaphore asking) {}
