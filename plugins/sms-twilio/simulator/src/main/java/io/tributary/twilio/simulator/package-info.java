/// A stand-in for Twilio's messaging that keeps Twilio's rules, with a phone in the browser. For
/// tests and demos; it needs the JDK alone.
@NullMarked
package io.tributary.twilio.simulator;

import org.jspecify.annotations.NullMarked;
