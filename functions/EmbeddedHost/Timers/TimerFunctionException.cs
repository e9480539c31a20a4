namespace EmbeddedHost.Timers;

/// <summary>A timer function failed on the worker; the message is the worker's.</summary>
internal sealed class TimerFunctionException(string message) : Exception(message);
