namespace EmbeddedHost.Engine;

/// <summary>An input or an event is larger than the host takes.</summary>
internal sealed class PayloadTooLargeException(string message, string parameter) : ArgumentException(message, parameter);
