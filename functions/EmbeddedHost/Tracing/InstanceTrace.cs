namespace EmbeddedHost.Tracing;

/// <summary>The trace context that an instance was started in, as W3C's headers traceparent and tracestate have it.</summary>
internal sealed record InstanceTrace(string Parent, string? State);
