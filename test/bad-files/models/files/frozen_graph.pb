

inputPlaceholder

reluReluinput