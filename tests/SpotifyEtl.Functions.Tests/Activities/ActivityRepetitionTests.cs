using System.Text;
using SpotifyEtl.Activities;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Documents;

namespace SpotifyEtl.Functions.Tests.Activities;

/// <summary>An activity may run twice: the second time changes nothing.</summary>
public sealed class ActivityRepetitionTests
{
    [Fact]
    public async Task TransformFile_writes_the_same_bytes_and_says_the_same()
    {
        await using var workflow = await Workflow.StartAsync();
        var file = workflow.Stage("a.json");
        var activity = workflow.Activity<TransformFile>();
        TransformFileRequest request = new("run", file.Name);

        var first = await activity.RunAsync(request, TestContext.Current.CancellationToken);
        var once = Snapshot(workflow);
        var second = await activity.RunAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
        Assert.Equal(once, Snapshot(workflow));
    }

    [Fact]
    public async Task TransformFile_of_a_file_that_another_run_has_processed_is_done()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Lake["raw_data/processed/a.json"] = [];

        var result = await workflow.Activity<TransformFile>().RunAsync(new TransformFileRequest("run", "a.json"), TestContext.Current.CancellationToken);

        Assert.Equal(TransformStatus.Gone, result.Status);
    }

    [Fact]
    public async Task TransformFile_of_a_file_that_is_nowhere_fails_and_names_it()
    {
        await using var workflow = await Workflow.StartAsync();

        var failure = await Assert.ThrowsAsync<LakeObjectNotFoundException>(
            () => workflow.Activity<TransformFile>().RunAsync(new TransformFileRequest("run", "a.json"), TestContext.Current.CancellationToken));

        Assert.Contains("raw_data/to_process/a.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoveToProcessed_succeeds_again_when_the_file_has_moved_and_fails_when_other_bytes_are_there()
    {
        await using var workflow = await Workflow.StartAsync();
        var file = workflow.Stage("a.json");
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(workflow.Lake[file.ToProcessKey]));
        var activity = workflow.Activity<MoveToProcessed>();

        await activity.RunAsync(new MoveToProcessedRequest(file.Name, sha256, null), TestContext.Current.CancellationToken);
        var once = Snapshot(workflow);
        await activity.RunAsync(new MoveToProcessedRequest(file.Name, sha256, null), TestContext.Current.CancellationToken);

        Assert.Equal(once, Snapshot(workflow));
        await Assert.ThrowsAsync<LakeObjectNotFoundException>(
            () => activity.RunAsync(new MoveToProcessedRequest(file.Name, new string('0', 64), null), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RejectFile_sets_the_file_aside_once()
    {
        await using var workflow = await Workflow.StartAsync();
        var file = workflow.Stage("a.json");
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(workflow.Lake[file.ToProcessKey]));
        RejectFileRequest request = new(file.Name, sha256, new FileDefect("not_json", "It is no JSON.", 3, 1, 3));
        var activity = workflow.Activity<RejectFile>();

        await activity.RunAsync(request, TestContext.Current.CancellationToken);
        var once = Snapshot(workflow);
        await activity.RunAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(once, Snapshot(workflow));
        Assert.Equal(["raw_data/rejected/a.json", "raw_data/rejected/a.json.error.json"], workflow.Lake.Keys);
    }

    [Fact]
    public async Task ListRawFiles_pages_in_order_and_leaves_out_folders()
    {
        await using var workflow = await Workflow.StartAsync();
        foreach (var number in Enumerable.Range(0, 1000))
        {
            workflow.Stage($"f{number:0000}.json");
        }

        workflow.Lake[LakeKeys.ToProcess] = [];
        workflow.Lake[LakeKeys.ToProcess + "folder/inside.json"] = [];
        var activity = workflow.Activity<ListRawFiles>();
        List<string> names = [];
        string? after = null;
        var pages = 0;
        do
        {
            var page = await activity.RunAsync(new ListRawFilesRequest(after), TestContext.Current.CancellationToken);
            names.AddRange(page.Names);
            after = page.Next;
            pages++;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => $"f{number:0000}.json"), names);
        Assert.InRange(pages, 2, 3);
    }

    private static string Snapshot(Workflow workflow) =>
        workflow.Lake.Keys.Aggregate(new StringBuilder(), (text, key) => text.Append(key).Append('\n').Append(workflow.Lake.Text(key)).Append('\n')).ToString();
}
