namespace Benchmarks.Soak.Fuzz;

/// <summary>An input gave what no input may give.</summary>
internal sealed class FuzzException(string message, Exception? innerException = null) : Exception(message, innerException);
