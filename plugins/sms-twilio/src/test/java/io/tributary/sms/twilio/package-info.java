/// Whether the channel understands Twilio, and Twilio the channel.
@NullMarked
package io.tributary.sms.twilio;

import org.jspecify.annotations.NullMarked;
