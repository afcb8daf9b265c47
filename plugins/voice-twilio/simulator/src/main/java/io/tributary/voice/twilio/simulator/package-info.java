/// A stand-in for Twilio's calls on the loopback: it rings, does what TwiML says, and calls back.
@NullMarked
package io.tributary.voice.twilio.simulator;

import org.jspecify.annotations.NullMarked;
