namespace EmbeddedHost.Worker;

/// <summary>The worker went away before it answered: what it was asked for may have been done, and is asked for again.</summary>
internal sealed class WorkerLostException(string message, Exception? innerException = null) : Exception(message, innerException);
