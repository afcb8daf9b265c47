package io.tributary.host.outbound;

import io.tributary.host.accounts.Wire;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Scope;

/// What part of a declared rate one wire of several has. Wires of an account may end at different
/// members, which do not ask each other before each message: so each has an equal part.
///
/// Together they keep to the rate at every moment but two, and over longer stretches always: where
/// there is less than one permit for each wire all may go at once, and so may messages that each
/// cost more than their wire's part. Those who went wait as much longer then.
final class RateShare {

    private RateShare() {}

    /// An address is always on the same wire, so its rate is not divided. What cannot be divided
    /// evenly goes to the first wires; where there is less than one for each, each has one, and
    /// waits as much longer for it.
    static Rate of(Rate rate, Wire.Share share) {
        int wires = share.of();
        if (wires == 1 || rate.scope() == Scope.ADDRESS) {
            return rate;
        }
        int permits = rate.permits();
        if (permits < wires) {
            int times = (wires + permits - 1) / permits;
            return Rate.of(rate.scope(), 1, rate.per().multipliedBy(times));
        }
        int more = share.number() < permits % wires ? 1 : 0;
        return Rate.of(rate.scope(), permits / wires + more, rate.per());
    }
}
