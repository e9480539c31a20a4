using System.Net;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http.Management;

public sealed class PurgeTests(FilledWebHost filled) : IClassFixture<FilledWebHost>
{
    private const string Instances = "/runtime/webhooks/durabletask/instances";
    private const string Always = "createdTimeFrom=2020-01-01T00:00:00Z";

    [Fact]
    public async Task An_ended_instance_is_removed_an_unknown_one_404_and_a_live_one_412()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Quick", "q1");
        await host.BeginAsync("Wait", "pu1");

        using var ended = await host.DeleteAsync($"{Instances}/q1");
        using var again = await host.DeleteAsync($"{Instances}/q1");
        using var live = await host.DeleteAsync($"{Instances}/pu1");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.PreconditionFailed), (ended.StatusCode, again.StatusCode, live.StatusCode));
        Assert.Equal("""{"instancesDeleted":1}""", await BodyOf(ended));
        Assert.Equal(
            "\"Only orchestrations in a terminal state can be purged, but the orchestration with instance ID pu1 has status Running\"", await BodyOf(live));
    }

    [Theory]
    [InlineData("?" + Always, 3, "live")]
    [InlineData("?runtimeStatus=Failed&" + Always, 1, "live,one,two")]
    [InlineData("?runtimeStatus=failed,Completed&" + Always, 3, "live")]
    [InlineData("?createdTimeTo=2999-01-01T00:00:00Z&" + Always, 3, "live")]
    public async Task A_filter_removes_what_has_ended_and_fits(string query, int count, string left)
    {
        await using var host = await StartAsync();
        await FillAsync(host);

        using var response = await host.DeleteAsync(Instances + query);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($$"""{"instancesDeleted":{{count}}}""", await BodyOf(response));
        Assert.Equal(left, await IdsAsync(host));
    }

    [Theory]
    [InlineData("?runtimeStatus=Terminated&" + Always)]
    [InlineData("?createdTimeFrom=2999-01-01T00:00:00Z")]
    [InlineData("?createdTimeTo=2020-02-01T00:00:00Z&" + Always)]
    public async Task A_filter_that_nothing_fits_is_404(string query)
    {
        var host = filled.Host;

        using var response = await host.DeleteAsync(Instances + query);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(FilledWebHost.Ids, await IdsAsync(host));
    }

    [Theory]
    [InlineData("", "\"Please provide value for 'createdTimeFrom' parameter.\"")]
    [InlineData("?createdTimeFrom=yesterday", "\"Please provide value for 'createdTimeFrom' parameter.\"")]
    [InlineData("?createdTimeTo=today&" + Always, """{"Message":"createdTimeTo is 'today'; it must be a time such as 2026-01-31T00:00:00Z."}""")]
    [InlineData("?runtimeStatus=Running&" + Always,
        """{"Message":"runtimeStatus is 'Running'; a purge takes Completed, Failed, Terminated and Canceled, separated by commas."}""")]
    [InlineData("?runtimeStatus=Bogus&" + Always,
        """{"Message":"runtimeStatus is 'Bogus'; a purge takes Completed, Failed, Terminated and Canceled, separated by commas."}""")]
    [InlineData("?runtimeStatus=Completed,Runing&" + Always,
        """{"Message":"runtimeStatus is 'Completed,Runing'; a purge takes Completed, Failed, Terminated and Canceled, separated by commas."}""")]
    [InlineData("?runtimeStatus=1&" + Always,
        """{"Message":"runtimeStatus is '1'; a purge takes Completed, Failed, Terminated and Canceled, separated by commas."}""")]
    [InlineData("?runtimeStatus=&" + Always,
        """{"Message":"runtimeStatus is ''; a purge takes Completed, Failed, Terminated and Canceled, separated by commas."}""")]
    [InlineData("?instanceIdPrefix=one&" + Always,
        """{"Message":"A purge does not take instanceIdPrefix: it would remove the instances with other ids too."}""")]
    public async Task A_filter_that_is_not_understood_is_400_and_removes_nothing(string query, string body)
    {
        var host = filled.Host;

        using var response = await host.DeleteAsync(Instances + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(body, await BodyOf(response));
        Assert.Equal(FilledWebHost.Ids, await IdsAsync(host));
    }

    private static async Task FillAsync(WebHost host)
    {
        await host.RunAsync("Quick", "one");
        await host.RunAsync("Quick", "two");
        await host.RunAsync("Break", "failed");
        await host.BeginAsync("Wait", "live");
    }

    private static async Task<string> IdsAsync(WebHost host) =>
        string.Join(',', (await JsonOf(await host.GetAsync(Instances))).EnumerateArray().Select(status => status.GetProperty("instanceId").GetString()));
}
