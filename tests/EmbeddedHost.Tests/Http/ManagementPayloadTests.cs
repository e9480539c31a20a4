using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

public sealed class ManagementPayloadTests
{
    [Fact]
    public async Task A_payload_has_the_form_that_the_workers_client_gives_it()
    {
        await using var host = await StartAsync(listen => (listen.MasterKey, listen.FunctionKey, listen.DurableTaskKey) = ("m", "f", "KEY"));

        using var response = await host.PostAsync("/api/Start?input=x&code=f");

        var instance = $"{host.Url.GetLeftPart(UriPartial.Authority)}/runtime/webhooks/durabletask/instances/started";
        Assert.Equal(
            $$$$"""
            {"id":"started","statusQueryGetUri":"{{{{instance}}}}?code=KEY","sendEventPostUri":"{{{{instance}}}}/raiseEvent/{eventName}?code=KEY",
            "terminatePostUri":"{{{{instance}}}}/terminate?reason={{text}}&code=KEY","rewindPostUri":null,
            "purgeHistoryDeleteUri":"{{{{instance}}}}?code=KEY","restartPostUri":null,"suspendPostUri":"{{{{instance}}}}/suspend?reason={{text}}&code=KEY",
            "resumePostUri":"{{{{instance}}}}/resume?reason={{text}}&code=KEY"}
            """.ReplaceLineEndings(string.Empty),
            (await BodyOf(response)).Replace("\\u0026", "&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_to_check_the_status_takes_its_address_from_the_request()
    {
        await using var host = await StartAsync();

        using HttpRequestMessage request = new(HttpMethod.Get, "/api/CheckStatus");
        request.Headers.Host = "localhost:1234";
        using var response = await host.Http.SendAsync(request, Cancellation);
        var body = await JsonOf(response);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("http://localhost:1234/runtime/webhooks/durabletask/instances/full1", response.Headers.Location!.OriginalString);
        Assert.Null(response.Headers.RetryAfter);
        Assert.Equal(response.Headers.Location!.OriginalString, body.GetProperty("StatusQueryGetUri").GetString());
        Assert.Equal("Id", body.EnumerateObject().First().Name);
    }

    [Fact]
    public async Task It_may_be_made_at_once_and_with_another_status()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/api/CheckStatusAtOnce");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotNull(response.Headers.Location);
    }

    [Fact]
    public async Task The_serializer_options_that_the_app_configures_apply_to_it()
    {
        await using var host = await StartAsync(configure: builder => builder.Services.Configure<System.Text.Json.JsonSerializerOptions>(
            options => options.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.CamelCase));

        using var response = await host.GetAsync("/api/CheckStatus");

        Assert.Equal("full1", (await JsonOf(response)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_host_that_does_not_listen_has_no_addresses_to_give()
    {
        await using Engine.EngineHarness harness = new();
        harness.Start();

        var refusal = Assert.Throws<InvalidOperationException>(() => harness.Client.CreateHttpManagementPayload("x"));

        Assert.Contains("does not listen for HTTP", refusal.Message, StringComparison.Ordinal);
    }
}
