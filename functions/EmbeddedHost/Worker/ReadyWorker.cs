namespace EmbeddedHost.Worker;

/// <summary>A worker that has said what it can do and has loaded its functions.</summary>
/// <param name="Channel">The conversation with it.</param>
/// <param name="App">Its functions.</param>
/// <param name="HttpAddress">Where it serves HTTP itself; null: it answers HTTP over the protocol.</param>
/// <param name="HttpSocket">The Unix socket of that address, if there is one.</param>
internal sealed record ReadyWorker(WorkerChannel Channel, FunctionApp App, Uri? HttpAddress, string? HttpSocket);
