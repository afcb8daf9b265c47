/// Whether Twilio is understood.
@NullMarked
package io.tributary.twilio;

import org.jspecify.annotations.NullMarked;
