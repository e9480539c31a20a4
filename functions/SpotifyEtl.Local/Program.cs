using SpotifyEtl.Local.CommandLine;
using SpotifyEtl.Local.Terminal;

return await SpotifyEtlCommand.InvokeInProcessAsync(args, Shell.OfProcess());
