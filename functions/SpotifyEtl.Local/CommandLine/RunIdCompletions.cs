using System.CommandLine;
using System.CommandLine.Completions;
using DurableTask.Sqlite;
using EmbeddedHost.Hosting;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Orchestrators;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>Completes the ids of runs with those of the state folder, the newest first.</summary>
internal static class RunIdCompletions
{
    private const int Newest = 30;

    public static Argument<T> WithRunIds<T>(this Argument<T> argument, GlobalOptions globals)
    {
        argument.CompletionSources.Add(context =>
            context.ParseResult.CommandResult.Command is Verb ? Ids(globals.Read(context.ParseResult)) : []);
        return argument;
    }

    // Help asks too, of no verb: its line would be full of ids.
    private static IEnumerable<CompletionItem> Ids(GlobalArguments globals)
    {
        try
        {
            var stateFolder = Edition.StateFolderOf(globals);
            InstanceFilter newest = new() { Name = nameof(RunEtl), Take = Newest, FetchInputsAndOutputs = false };
            return TaskHubFile.ReadInstances(stateFolder, newest).Instances.Select(
                (run, index) => new CompletionItem(run.OrchestrationInstance.InstanceId, sortText: $"{index:00}"));
        }
#pragma warning disable CA1031 // Whatever it was, there is nobody to tell: the line is simply not completed.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }
}
