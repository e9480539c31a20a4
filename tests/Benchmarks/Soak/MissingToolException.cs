namespace Benchmarks.Soak;

/// <summary>The machine lacks what a soak needs; the message says what, and how to get it.</summary>
internal sealed class MissingToolException(string message) : Exception(message);
